public import Vocabulary

/// Gives photos their corrected capture time without touching anything else: bytes in, a splice out.
///
/// It reads a file's head (the segments up to SOS) and, only where a rule needs it, a little of what lies behind the image;
/// it never holds image data. Deterministic: the same photo and rules give the same bytes on every machine; idempotent: an
/// already rewritten photo with the same target stays as it is (a clock shift is no target: it would add up).
///
/// What is promised of every rewrite: image data, every other segment and every trailer are byte-identical; every
/// other value of the Exif block has the same bytes at the same place. See `ExifEditor` for why nothing moves, `PhotoGrowth`
/// for when the segment may grow, `MultiPicture` for the one index that has to follow.
public struct PhotoRewriter: Sendable {
    /// The rules that decide what each photo gets.
    public let rules: CaptureRules
    /// What is removed from every photo.
    public let privacy: Set<PrivacyItem>

    /// Every rewritten block is read by libexif too, and what it does not find again is a refusal. Costs 10 to 150 µs a photo.
    public let isDoublyRead: Bool

    /// Creates a rewriter.
    public init(rules: CaptureRules, privacy: Set<PrivacyItem> = [], isDoublyRead: Bool = false) {
        self.rules = rules
        self.privacy = privacy
        self.isDoublyRead = isDoublyRead
    }

    /// True where no photo would ever be changed: photos need not be opened.
    public var isIdentity: Bool { rules.isIdentity && privacy.isEmpty }

    /// Works out what becomes of the photo at `path` (below the source). A photo that cannot be rewritten safely comes back
    /// whole, with a refusal. Throws only what the source throws.
    public func rewrite(path: Key, _ source: some ByteSource) throws -> PhotoRewrite {
        try work(path: path, source, readsMakerNote: rules.rules.contains { $0.serial != nil })
    }

    private func work(path: Key, _ source: some ByteSource, readsMakerNote: Bool) throws -> PhotoRewrite {
        var work = RewriteWork(path: path, rewriter: self, size: source.size, readsMakerNote: readsMakerNote)
        do {
            try work.run(try PhotoBytes(source, keepsAll: !privacy.isEmpty))
        } catch let refusal as Refusal {
            work.refuse(refusal)
            work.noteUnreadable()
        }
        return work.result()
    }

    /// Reads a photo's facts only: what rules would see, with the serial number in the MakerNote of cameras that have no other.
    public static func facts(_ source: some ByteSource) throws -> PhotoFacts {
        try PhotoRewriter(rules: CaptureRules()).work(path: Key(""), source, readsMakerNote: true).facts
    }
}
