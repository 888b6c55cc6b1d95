internal import Foundation
internal import Glibc
internal import S3
internal import Vocabulary

/// Where a command reads a file from or writes it to: a path, an object, or a standard stream.
enum PicturePlace: Sendable, Hashable {
    /// `-`.
    case standard
    /// A path of this machine.
    case file(String)
    /// `s3://BUCKET/KEY`.
    case object(ObjectAddress)

    init(_ word: String) throws {
        guard word != "-" else {
            self = .standard
            return
        }
        guard word.lowercased().hasPrefix("s3://") else {
            guard !word.isEmpty, !word.utf8.contains(0) else { throw Fault(.usage, "an empty name is no file.") }
            self = .file(word)
            return
        }
        do throws(BucketAddressError) { self = .object(try ObjectAddress(parsing: word)) } catch { throw Fault(.usage, "\(error)") }
    }

    /// As it is shown to people.
    var name: String {
        switch self {
        case .standard: "-"
        case .file(let path): path
        case .object(let address): address.description
        }
    }

    /// The bucket that has to be reached for it.
    var bucket: String? { if case .object(let address) = self { address.bucket } else { nil } }

    /// The name of the file alone; nil where there is none.
    var fileName: String? {
        let name: String
        switch self {
        case .standard: return nil
        case .file(let path): name = path
        case .object(let address): name = address.key.string
        }
        let last = name.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        return last.isEmpty || last == "." || last == ".." ? nil : last
    }

    /// The file's name without its extension.
    var stem: String? {
        fileName.map { name in
            guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
            return String(name[..<dot])
        }
    }

    /// The extension without its dot; empty where there is none.
    var fileExtension: String {
        guard let name = fileName, let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    /// True where it is a folder, or is written as one, so that files go into it.
    var isFolder: Bool {
        switch self {
        case .standard: return false
        case .file(let path):
            var status = stat()
            return path.hasSuffix("/") || (stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR)
        case .object(let address): return address.key.string.isEmpty || address.key.string.hasSuffix("/")
        }
    }

    /// A file in the folder.
    func appending(_ name: String) -> PicturePlace {
        switch self {
        case .standard: self
        case .file(let path): .file(path.hasSuffix("/") ? path + name : path + "/" + name)
        case .object(let address): .object(ObjectAddress(bucket: address.bucket, key: Key(address.key.string + name)))
        }
    }
}
