internal import Digest
public import Picture
public import Vocabulary

/// Makes the pictures of the settings' `derivatives`: knows which there are, what decides what they become, and who draws them.
public struct DerivativeMaker: Sendable {
    /// What draws.
    public struct Drawing: Sendable {
        /// The library, with its release, in one line of ASCII.
        public let library: String
        /// About how many bytes of memory decoding a photo takes, from its first bytes; nil where those do not tell.
        let decodingMemory: @Sendable (_ head: [UInt8]) -> Int64?
        /// Draws the picture of a photo.
        let draw: @Sendable (_ photo: [UInt8], Rendering) throws(PictureError) -> [UInt8]

        /// Draws by functions.
        public init(
            library: String, decodingMemory: @escaping @Sendable (_ head: [UInt8]) -> Int64?,
            draw: @escaping @Sendable (_ photo: [UInt8], Rendering) throws(PictureError) -> [UInt8]
        ) {
            self.library = library
            self.decodingMemory = decodingMemory
            self.draw = draw
        }

        /// Draws with libvips. A photo beyond the limits is refused by its header, before anything of it is decoded.
        public init(_ library: PictureLibrary, limits: PictureLimits = .standard) {
            self.init(
                library: "libvips " + library.version,
                // More is refused.
                decodingMemory: { head in (try? library.info(of: head)).map { Int64(min($0.decodingMemory, limits.memory)) } },
                draw: { photo, rendering throws(PictureError) in try library.render(photo, as: rendering, limits: limits).bytes })
        }
    }

    /// The kinds of pictures that there are.
    public let derivatives: [Derivative]
    /// The library that draws, with its release.
    public var library: String { drawing.library }
    private let drawing: Drawing
    private let memory: RenderMemory
    private let recipes: [SHA256]
    private var onMade: @Sendable (_ picture: Key, _ photo: Key) -> Void = { _, _ in }

    /// Has `drawing` make `derivatives`. `memory` bounds what is made at once.
    public init(_ derivatives: [Derivative], by drawing: Drawing, memory: RenderMemory = RenderMemory()) {
        self.derivatives = derivatives
        self.drawing = drawing
        self.memory = memory
        recipes = derivatives.map { SHA256.digest(of: [UInt8]($0.rendering.recipe.utf8)) }
    }

    /// The same, which tells of every picture that is made, on the thread where that happens.
    func telling(_ onMade: @escaping @Sendable (_ picture: Key, _ photo: Key) -> Void) -> DerivativeMaker {
        var maker = self
        maker.onMade = onMade
        return maker
    }

    /// What kind of picture a file is to become; nil where it goes as it is.
    public func derivative(of file: LocalFile) -> Derivative? {
        file.derivative.flatMap { derivatives.indices.contains($0) ? derivatives[$0] : nil }
    }

    /// The digest of what decides which picture becomes of a photo; the photo's own recipe, where it has one, is part of it. The library's release is not: the
    /// pictures of another are as good.
    func recipe(for file: LocalFile, photo: SHA256?) -> SHA256? {
        guard let index = file.derivative, recipes.indices.contains(index) else { return nil }
        return SHA256.digest(of: recipes[index].bytes + (photo?.bytes ?? []))
    }

    /// The same without the photo's, in 32 hexadecimal digits: half the digest tells recipes apart as well.
    public func recipeText(for file: LocalFile) -> String? {
        guard let index = file.derivative, recipes.indices.contains(index) else { return nil }
        return String(recipes[index].hex.prefix(32))
    }

    /// Makes the picture of `file` of its photo, read whole; waits on this thread until there is memory for both. The picture, and SHA-256 of the photo.
    func make(_ file: LocalFile, of photo: Content) throws(SourceError) -> (bytes: [UInt8], sourceSHA256: SHA256) {
        guard let derivative = derivative(of: file) else { throw .unrenderable("there is no such kind of picture") }
        let head: [UInt8]
        do { head = try photo.memory ?? photo.bytes.bytes(0..<Self.headSize) } catch { throw SourceError(reading: error) }
        let decoding = drawing.decodingMemory(head) ?? photo.size * Self.usualExpansion
        let made = memory.holding(photo.size + decoding + derivative.expectedMemory) {
            Result { () throws(SourceError) in try draw(derivative, photo) }
        }
        let (bytes, sourceSHA256) = try made.get()
        onMade(file.path, file.sourcePath)
        return (bytes, sourceSHA256)
    }

    private func draw(_ derivative: Derivative, _ photo: Content) throws(SourceError) -> ([UInt8], SHA256) {
        let source: [UInt8]
        do { source = try photo.memory ?? photo.bytes.bytes(0..<photo.size) } catch { throw SourceError(reading: error) }
        guard photo.file.isUnchanged, Int64(source.count) == photo.size else { throw .changed }
        let sourceSHA256 = SHA256.digest(of: source)
        do throws(PictureError) { return (try drawing.draw(source, derivative.rendering), sourceSHA256) } catch {
            throw .unrenderable(error.reason)
        }
    }

    /// So many of a photo's first bytes tell its size in pixels, nearly always: what cameras write before it is a preview.
    private static let headSize: Int64 = 256 << 10
    /// Of a photo that does not tell, the pixels are taken to be so many times as large as the file.
    private static let usualExpansion: Int64 = 12
}

extension PictureError {
    /// Why no picture was made of a photo, as part of a sentence.
    fileprivate var reason: String {
        if case .tooManyPixels(let width, let height, let limit) = self {
            return "its photo's \(width) × \(height) pixels are more than the \(limit / 1_000_000) million that are decoded"
        }
        let text = description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
