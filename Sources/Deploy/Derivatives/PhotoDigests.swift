internal import Synchronization
internal import Vocabulary

/// The digests of photos as they are deployed, kept while a survey lasts: several pictures of one are compared with it, and it is to be read once.
///
/// Nothing is kept where there is but one kind of picture.
final class PhotoDigests: Sendable {
    private let digests = Mutex<[FileStatus.Identity: (path: Key, sha256: SHA256)]>([:])
    private let isKept: Bool

    /// Keeps digests for so many kinds of pictures.
    init(derivativeCount: Int) { isKept = derivativeCount > 1 }

    /// What is known of the photo of a picture.
    func digest(of picture: LocalFile) -> SHA256? {
        // Rules go by paths, and a file may have several.
        digests.withLock { $0[picture.status.identity].flatMap { $0.path == picture.sourcePath ? $0.sha256 : nil } }
    }

    /// Remembers it.
    func note(_ sha256: SHA256, of picture: LocalFile) {
        if isKept { digests.withLock { $0[picture.status.identity] = (picture.sourcePath, sha256) } }
    }
}
