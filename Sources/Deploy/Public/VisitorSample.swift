internal import Photo
internal import Planning
public import Vocabulary

/// One deployed file of which it is known what visitors must get.
public struct VisitorSample: Sendable, Hashable {
    /// Its path.
    public let path: Key
    /// The SHA-256 of its deployed bytes.
    public let sha256: SHA256
}

/// One page and one photo to fetch as a visitor does. What this run sent goes before what was there: a cache may be stale of it.
struct VisitorSamples: Sendable {
    private var page: (sample: VisitorSample, rank: Int)?
    private var photo: (sample: VisitorSample, rank: Int)?

    /// The page, then the photo.
    var all: [VisitorSample] { [page, photo].compactMap { $0?.sample } }

    /// The photo, else the page: what a probe of CORS asks for.
    var probed: VisitorSample? { photo?.sample ?? page?.sample }

    /// Takes a file into account.
    mutating func offer(_ path: Key, _ sha256: SHA256, isSent: Bool) {
        let type = ContentType.of(path)
        let sample = VisitorSample(path: path, sha256: sha256)
        let rank = isSent ? 2 : 0
        if type.hasPrefix("text/html") {
            // The page that visitors open first.
            Self.take(sample, rank + (path == Key("index.html") ? 1 : 0), &page)
        } else if PhotoKind.isJPEG(path) || type.hasPrefix("image/") {
            Self.take(sample, rank + (PhotoKind.isJPEG(path) ? 1 : 0), &photo)
        }
    }

    /// Takes what others have found.
    mutating func merge(_ other: VisitorSamples) {
        if let page = other.page { Self.take(page.sample, page.rank, &self.page) }
        if let photo = other.photo { Self.take(photo.sample, photo.rank, &self.photo) }
    }

    /// Of two of the same rank the first by path, so that the choice does not hang on what ended first.
    private static func take(_ sample: VisitorSample, _ rank: Int, _ place: inout (sample: VisitorSample, rank: Int)?) {
        if let held = place, held.rank > rank || (held.rank == rank && held.sample.path < sample.path) { return }
        place = (sample, rank)
    }
}
