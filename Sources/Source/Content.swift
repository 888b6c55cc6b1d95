internal import Digest
public import Photo
internal import Picture
public import Vocabulary

/// The bytes that would be deployed for one file: the file itself, a photo with its capture time corrected, or a picture made of one. Small files are held in
/// memory after a single read; of large ones only what was rewritten is, and the rest is read from the file when it is sent.
public struct Content: Sendable {
    /// The file, open for reading.
    public let file: OpenedFile
    /// What the photo engine did; nil where the file is no photo or nothing was asked.
    public let photo: PhotoRewrite?
    /// How the file's bytes were coded; nil where they go as they are.
    public var coded: CodedContent?
    /// What the bytes are a picture of; nil where they are the file's.
    public var derived: DerivedContent?
    /// All deployed bytes, where the file is small.
    public let memory: [UInt8]?
    /// The deployed bytes, readable at any position.
    public let bytes: any ByteSource

    /// The deployed size in bytes.
    public var size: Int64 { bytes.size }

    /// What the photo engine did to the photo that is deployed, or that a picture was made of.
    public var rewrite: PhotoRewrite? { photo ?? derived?.photo }

    /// True where the deployed bytes are not the file's own.
    public var isRewritten: Bool { photo.map { !$0.splice.isIdentity(originalSize: file.size) } ?? false }

    /// Digests the file's own bytes, whatever is deployed.
    public func sourceFingerprint() throws(SourceError) -> Fingerprint {
        do { return try Fingerprint(of: file, withMD5: true) } catch { throw SourceError(reading: error) }
    }

    /// Digests the deployed bytes and each of their parts of `partSize` bytes, in one read. Throws `SourceError.changed` where the file is not
    /// what it was when opened.
    public func fingerprint(partSize: Int64) throws(SourceError) -> (whole: Fingerprint, parts: [SHA256]) {
        do {
            file.willReadSequentially()
            let fingerprints = try Fingerprint.withParts(of: bytes, partSize: partSize)
            guard file.isUnchanged else { throw SourceError.changed }
            return fingerprints
        } catch {
            throw SourceError(reading: error)
        }
    }

    /// MD5 of the deployed bytes alone. Throws `SourceError.changed` where the file is not what it was when opened.
    public func md5() throws(SourceError) -> MD5 {
        do {
            let md5 = if let memory { MD5.digest(of: memory) } else { try Fingerprint.md5(of: bytes) }
            guard file.isUnchanged else { throw SourceError.changed }
            return md5
        } catch {
            throw SourceError(reading: error)
        }
    }

    /// Digests the deployed bytes. Throws `SourceError.changed` where the file is not what it was when opened.
    public func fingerprint(withMD5: Bool, partSizes: [Int64] = []) throws(SourceError) -> Fingerprint {
        do {
            let fingerprint: Fingerprint
            if let memory {
                fingerprint =
                    partSizes.isEmpty
                    ? Fingerprint(of: memory, withMD5: withMD5)
                    : try Fingerprint(of: MemoryBytes(memory), withMD5: withMD5, partSizes: partSizes)
            } else {
                file.willReadSequentially()
                fingerprint = try Fingerprint(of: bytes, withMD5: withMD5, partSizes: partSizes)
            }
            guard file.isUnchanged else { throw SourceError.changed }
            return fingerprint
        } catch {
            throw SourceError(reading: error)
        }
    }
}

/// Opens files of a source as they would be deployed.
public struct ContentReader: Sendable {
    /// Up to this size, in bytes, a file is read at once and held while it is sent.
    public static let memoryLimit: Int64 = 1 << 20

    /// The source.
    public let folder: SourceFolder
    /// What is done to photos.
    public let rewriter: PhotoRewriter
    /// How text is coded.
    private let coding: (@Sendable (Key) -> ContentCoding?)?
    private let codingRecipes: [ContentCoding: SHA256]
    /// The digest of everything that decides what a photo is deployed as.
    public let photoRecipe: SHA256
    /// True where photos may be deployed with other bytes than their own.
    public let changesPhotos: Bool
    /// What makes pictures of photos; nil where none are made.
    public let maker: DerivativeMaker?

    /// A reader that corrects photos with `rewriter`, codes other files where `coding` says so, and has `maker` make pictures.
    public init(
        _ folder: SourceFolder, rewriter: PhotoRewriter, coding: (@Sendable (Key) -> ContentCoding?)? = nil, maker: DerivativeMaker? = nil
    ) {
        self.folder = folder
        self.rewriter = rewriter
        self.maker = maker
        self.coding = coding
        codingRecipes =
            coding == nil ? [:] : Dictionary(uniqueKeysWithValues: ContentCoding.allCases.map { ($0, CodedContent.recipe($0)) })
        photoRecipe = SHA256.digest(of: rewriter.recipe)
        changesPhotos = !rewriter.isIdentity
    }

    /// The same reader with another choice of codings.
    public func coding(_ coding: @escaping @Sendable (Key) -> ContentCoding?) -> ContentReader {
        ContentReader(folder, rewriter: rewriter, coding: coding, maker: maker)
    }

    /// The same reader, which tells of every picture that is made, on the thread where that happens.
    public func telling(_ onMade: @escaping @Sendable (_ picture: Key, _ photo: Key) -> Void) -> ContentReader {
        ContentReader(folder, rewriter: rewriter, coding: coding, maker: maker?.telling(onMade))
    }

    /// The digest of what decides which bytes a file is deployed as; nil where they are its own in any case.
    public func recipe(for file: LocalFile) -> SHA256? {
        let own = recipe(for: file.sourcePath)
        return file.derivative == nil ? own : maker?.recipe(for: file, photo: own)
    }

    /// The same of a file at `path` below the source.
    public func recipe(for path: Key) -> SHA256? {
        if PhotoKind.isJPEG(path) { return changesPhotos ? photoRecipe : nil }
        return coding(of: path).flatMap { codingRecipes[$0] }
    }

    /// True where a file may be deployed with other bytes than its own.
    public func rewrites(_ file: LocalFile) -> Bool { recipe(for: file) != nil }

    /// How a file is coded, where that makes it smaller.
    public func coding(of file: LocalFile) -> ContentCoding? { file.derivative == nil ? coding(of: file.sourcePath) : nil }

    private func coding(of path: Key) -> ContentCoding? { PhotoKind.isJPEG(path) ? nil : coding?(path) }

    /// True where a file is neither coded nor a picture that is to be made.
    public func isPlain(_ file: LocalFile) -> Bool { file.derivative == nil && coding(of: file) == nil }

    /// The most content of a file that is held in memory while it is sent, in bytes.
    public func memory(of file: LocalFile) -> Int64 {
        if let derivative = maker?.derivative(of: file) { return derivative.expectedSize }
        return coding(of: file) == nil ? min(file.status.size, Self.memoryLimit) : CodedContent.memory(file.status.size)
    }

    /// Opens `file`, and rewrites it in memory where it is a photo. A photo that no rule could change is only read for what it says about itself
    /// if `readingFacts`. `mark` tells when a call that may block is under way.
    public func open(_ file: LocalFile, readingFacts: Bool = false, mark: ReadMark = ReadMark()) throws(SourceError) -> Content {
        if file.derivative != nil, let maker { return try openDerived(file, by: maker, mark: mark) }
        let isPhoto = PhotoKind.isJPEG(file) && (changesPhotos || readingFacts)
        let opened = try OpenedFile(file.sourcePath, in: folder, mark: mark)
        if let coding = coding(of: file), let coded = try CodedContent(opened, coding) {
            return Content(file: opened, photo: nil, coded: coded, memory: coded.bytes, bytes: MemoryBytes(coded.bytes))
        }
        do {
            if opened.size <= Self.memoryLimit {
                let bytes = try opened.bytes(0..<opened.size)
                guard bytes.count == Int(opened.size) else { throw SourceError.changed }
                guard isPhoto else {
                    return Content(file: opened, photo: nil, memory: bytes, bytes: MemoryBytes(bytes))
                }
                let original = MemoryBytes(bytes)
                let photo = try rewriter.rewrite(path: file.sourcePath, original)
                if photo.splice.isIdentity(originalSize: opened.size) {
                    return Content(file: opened, photo: photo, memory: bytes, bytes: original)
                }
                let spliced = SplicedBytes(photo.splice, over: original)
                let deployed = try spliced.bytes(0..<spliced.size)
                return Content(file: opened, photo: photo, memory: deployed, bytes: MemoryBytes(deployed))
            }
            guard isPhoto else { return Content(file: opened, photo: nil, memory: nil, bytes: opened) }
            let photo = try rewriter.rewrite(path: file.sourcePath, opened)
            let isIdentity = photo.splice.isIdentity(originalSize: opened.size)
            return Content(file: opened, photo: photo, memory: nil, bytes: isIdentity ? opened : SplicedBytes(photo.splice, over: opened))
        } catch {
            throw SourceError(reading: error)
        }
    }
}

extension SourceError {
    /// The error as one of the source's own; reading throws nothing else.
    public init(reading error: any Error) {
        self = error as? SourceError ?? .changed
    }
}
