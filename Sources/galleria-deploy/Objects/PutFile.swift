internal import Deploy
internal import Foundation
internal import Planning
internal import Source
internal import Vocabulary

/// A file that is to be sent, and the key that it gets.
struct PutFile: Sendable {
    /// As the user named it.
    let word: String
    let folder: SourceFolder
    /// Its name in `folder`.
    let name: Key
    let key: Key
    let contentType: String

    /// Finds a file out and names it.
    /// - Parameters:
    ///   - word: its path, or - for standard input.
    ///   - beginning: the key, or the folder where `isFolder`.
    init(_ word: String, _ beginning: Key, isFolder: Bool, isBase64: Bool, contentType: String?, spool: () throws -> Spool) throws {
        self.word = word
        var plainName: String?
        if word == "-" {
            let spool = try spool()
            name = try spool.take(STDIN_FILENO, isBase64: isBase64, name: "standard input")
            folder = spool.folder
        } else {
            let url = URL(fileURLWithPath: word)
            plainName = url.lastPathComponent
            let outer: SourceFolder
            do throws(SourceFolderError) { outer = try SourceFolder(url.deletingLastPathComponent().path) } catch {
                throw Fault(error)
            }
            let found: (status: FileStatus, isFolder: Bool)?
            do throws(SourceError) { found = try outer.entry(at: Key(url.lastPathComponent)) } catch {
                throw Fault(.someFailed, "\(word.escapedForTerminal) \(error).")
            }
            guard let entry = found else {
                throw Fault(.usage, "there is no file \(word.escapedForTerminal). Check the path.")
            }
            guard !entry.isFolder else {
                throw Fault(
                    .usage, "\(word.escapedForTerminal) is a folder. galleria-deploy \(word.escapedForTerminal) s3://… deploys one.")
            }
            if isBase64 {
                let input = open(word, O_RDONLY | O_CLOEXEC)
                guard input >= 0 else { throw Fault(.someFailed, "cannot read \(word.escapedForTerminal): \(SystemCause(errno)).") }
                defer { close(input) }
                let spool = try spool()
                name = try spool.take(input, isBase64: true, name: word.escapedForTerminal)
                folder = spool.folder
                for ending in [".b64", ".base64"] where plainName?.hasSuffix(ending) == true { plainName?.removeLast(ending.count) }
            } else {
                (folder, name) = (outer, Key(url.lastPathComponent))
            }
        }
        let head: [UInt8]
        do {
            head = try OpenedFile(name, in: folder).bytes(0..<Int64(ContentType.sniffedCount))
        } catch {
            throw Fault(.someFailed, "\(word.escapedForTerminal) \(error).")
        }
        if isFolder {
            if plainName == nil {
                guard let sha256 = ObjectPut.sha256(of: name, in: folder) else {
                    throw Fault(.someFailed, "standard input cannot be read.")
                }
                plainName = sha256.hex.prefix(16) + (ContentType.fileExtension(of: ContentType.sniffed(head)).map { "." + $0 } ?? "")
            }
            key = Key(unchecked: beginning.bytes + Array((plainName ?? "").utf8))
        } else {
            key = beginning
        }
        self.contentType = contentType ?? ContentType.of(key, head: head)
        guard key.bytes.count <= Key.maximumLength else {
            throw Fault(
                .usage, "\(word.escapedForTerminal): its key would be \(key.bytes.count) bytes long and S3 allows \(Key.maximumLength).")
        }
    }
}
