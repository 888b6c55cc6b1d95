public import Vocabulary

/// Finds files that are named like images and cannot be any: empty ones, and Git LFS pointers (git-lfs specification, "Pointer").
public enum ImageCheck {
    /// A pointer file is shorter than this, in bytes (git-lfs specification: less than 1024).
    static let pointerLimit: Int64 = 1024
    private static let signature = Array("version https://git-lfs.github.com/spec/".utf8)

    /// True where `file` is small enough to be one of the two; `namesImage` says whether its name is an image's.
    public static func applies(to file: LocalFile, namesImage: (Key) -> Bool) -> Bool {
        file.status.size < pointerLimit && namesImage(file.sourcePath)
    }

    /// `mark` tells when a call that may block is under way. Throws `SourceError.emptyImage` or `.lfsPointer` where `file` is one, and what opening and reading throw.
    public static func check(_ file: LocalFile, in folder: SourceFolder, mark: ReadMark = ReadMark()) throws(SourceError) {
        guard file.status.size > 0 else { throw .emptyImage }
        let opened = try OpenedFile(file.sourcePath, in: folder, mark: mark)
        let head: [UInt8]
        do {
            head = try opened.bytes(0..<Int64(signature.count))
        } catch let error as SourceError {
            throw error
        } catch {
            throw .changed
        }
        if head.isEmpty { throw .emptyImage }
        if head == signature { throw .lfsPointer }
    }
}
