internal import Foundation
internal import Photo
internal import Source
internal import State
internal import Vocabulary

/// Photos as cards: their own thumbnail, the capture time before and after.
struct PagePhotos {
    let thumbnails: PageThumbnails

    /// The most cards of one kind.
    static let most = 1000

    /// Cards, in the order of the deployed capture times.
    mutating func cards(_ photos: [PhotoLine], _ tag: (PhotoLine) -> String?) -> String {
        let sorted = photos.sorted { ($0.after?.seconds ?? .max, $0.path) < ($1.after?.seconds ?? .max, $1.path) }
        var html = "<ul class=\"cards\">\n"
        for photo in sorted.prefix(Self.most) { html += card(photo, tag(photo)) }
        html += "</ul>\n"
        if sorted.count > Self.most { html += "<p class=\"more\">and \(HTML.grouped(sorted.count - Self.most)) more</p>\n" }
        return html
    }

    private func card(_ photo: PhotoLine, _ tag: String?) -> String {
        let path = photo.path.string
        var html = "<li>"
        if let thumbnail = thumbnails.thumbnail(of: photo.path) {
            let data = Data(thumbnail.bytes).base64EncodedString()
            html +=
                "<span class=\"pic o\(thumbnail.orientation)\"><img alt=\"\" loading=\"lazy\" src=\"data:image/jpeg;base64,\(data)\"></span>"
        } else {
            html += "<span class=\"pic none\" aria-hidden=\"true\"></span>"
        }
        html += "<b>\(HTML.name(path))</b>"
        if let tag { html += " <span class=\"tag\">\(HTML.text(tag))</span>" }
        if photo.isMoved {
            html += "<s>\(photo.before.map { TimeText.text($0) } ?? "no capture time")</s>"
        }
        html += "<time>\(photo.after.map { TimeText.text($0) } ?? "no capture time")\(photo.offset.map { " \($0)" } ?? "")</time>"
        if let shift = TimeText.shift(photo.before, photo.after) { html += "<em>\(HTML.text(shift))</em>" }
        if let refusal = photo.refusal { html += "<small>deployed as it is: \(HTML.text(refusal))</small>" }
        return html + "</li>\n"
    }
}

/// The thumbnails of a source's photos, up to a number of bytes altogether: a page must stay one that a phone opens.
final class PageThumbnails {
    private let folder: SourceFolder?
    private var left: Int

    /// - Parameter budget: the most bytes of all of them.
    init(source: String, budget: Int) {
        folder = try? SourceFolder(source)
        left = budget
    }

    /// A photo's own thumbnail; nil where it has none, the photo is gone, or the page is full.
    func thumbnail(of path: Key) -> PhotoThumbnail? {
        guard left > 0, let folder, let file = try? OpenedFile(path, in: folder), let thumbnail = try? PhotoThumbnail.read(file),
            thumbnail.bytes.count <= left
        else { return nil }
        left -= thumbnail.bytes.count
        return thumbnail
    }
}
