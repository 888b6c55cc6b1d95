internal import Foundation
internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// What `hash` prints of one file.
struct FileDigests {
    private let file: String
    private let size: Int64
    private let source: Fingerprint
    private let deployed: Fingerprint
    private let partSize: Int64?

    /// Reads a file.
    /// - Parameters:
    ///   - rewriter: what a deploy does to photos.
    ///   - root: the source's absolute path with a slash: rules match on the path below it.
    ///   - partSize: the size of parts that was asked for; every larger file is then cut.
    ///   - standard: the size of parts that a deploy takes.
    init(_ file: String, _ rewriter: PhotoRewriter, root: String?, partSize: Int64?, standard: Int64) throws {
        self.file = file
        let url = URL(fileURLWithPath: file).standardizedFileURL
        let folder = try SourceFolder(url.deletingLastPathComponent().path)
        let path = root.flatMap { url.path.hasPrefix($0) ? Key(String(url.path.dropFirst($0.count))) : nil } ?? Key(file)
        let name = Key(url.lastPathComponent)
        guard let status = try folder.entry(at: name), !status.isFolder else { throw SourceError.vanished }
        let content = try ContentReader(folder, rewriter: rewriter).open(LocalFile(path: path, status: status.status, sourcePath: name))
        let layout =
            partSize.map { content.size > $0 ? $0 : nil } ?? PartLayout(size: content.size, partSize: standard)?.partSize
        self.partSize = layout
        size = content.file.size
        deployed = try content.fingerprint(withMD5: true, partSizes: layout.map { [$0] } ?? [])
        source = content.isRewritten ? try content.sourceFingerprint() : deployed
    }

    private var etag: String { deployed.multipartTags.first?.value ?? deployed.md5?.hex ?? "" }

    var row: JSONRow {
        var row = JSONRow()
        row.add("file", file)
        row.add("size", size)
        row.add("sha256", source.sha256.hex)
        row.add("deployed_size", deployed.size)
        row.add("deployed_sha256", deployed.sha256.hex)
        row.add("md5", deployed.md5?.hex)
        row.add("etag", etag)
        row.add("part_size", partSize)
        row.add("is_rewritten", source.sha256 != deployed.sha256)
        return row
    }

    var lines: [String] {
        [
            file.escapedForTerminal, "  size             \(size)", "  sha256           \(source.sha256)",
            "  deployed size    \(deployed.size)",
            "  deployed sha256  \(deployed.sha256)", "  md5              \(deployed.md5?.hex ?? "")",
            "  etag             \(etag)\(partSize.map { " (parts of \($0) bytes)" } ?? "")",
        ]
    }
}
