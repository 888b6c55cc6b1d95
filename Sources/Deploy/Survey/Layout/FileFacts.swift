internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// What a file tells a layout, and what makes that worth remembering.
struct FileFacts: Sendable {
    var facts: LayoutFacts
    /// The status of the file that was read, where it had rested; nil where nothing was read that would have to be read again.
    var status: FileStatus?

    /// Reads what `layout` asks for; on a thread that may block.
    static func read(
        _ file: LocalFile, for layout: KeyLayout, _ reader: ContentReader, _ mark: ReadMark
    ) throws(FailureCause) -> FileFacts {
        var found = FileFacts(facts: LayoutFacts(path: file.sourcePath), status: file.status)
        if let paths = layout.paths {
            guard let reading = paths.reading(of: file.sourcePath) else { throw .layout(.unlikePath) }
            found.facts.own = reading.own
        }
        guard let template = layout.layout else { return found }
        let isPhoto = PhotoKind.isJPEG(file.sourcePath)
        guard template.asksContent || template.asksPhotos && isPhoto else { return found }
        let content = try FailureCause.wrap { () throws(SourceError) in
            try reader.open(file, readingFacts: template.asksPhotos, mark: mark)
        }
        found.status = content.file.status
        if let photo = content.photo {
            found.facts.taken = (photo.timeAfter ?? photo.facts.captureTime).map(LayoutTime.init)
            found.facts.make = photo.facts.make
            found.facts.model = photo.facts.model
            found.facts.camera = photo.facts.camera
        }
        if template.asksContent {
            found.facts.sha256 = try FailureCause.wrap { () throws(SourceError) in try content.fingerprint(withMD5: false) }.sha256
        }
        return found
    }
}

extension LayoutTime {
    /// A capture time's digits.
    init(_ time: CaptureTime) {
        let d = time.digits
        self.init(year: d.year, month: d.month, day: d.day, hour: d.hour, minute: d.minute, second: d.second)
    }
}
