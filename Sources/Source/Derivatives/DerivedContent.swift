public import Photo
public import Vocabulary

/// What a picture was made of, and how. By reference, because nearly no content has one.
public final class DerivedContent: Sendable {
    /// SHA-256 of the photo's bytes as they are deployed: after the correction of its capture time, which so is in the picture once.
    public let sourceSHA256: SHA256
    /// What decided what became of it, in 32 hexadecimal digits.
    public let recipe: String
    /// The library that drew it, with its release.
    public let library: String
    /// What the photo engine did to the photo; nil where nothing was asked.
    public let photo: PhotoRewrite?

    init(sourceSHA256: SHA256, recipe: String, library: String, photo: PhotoRewrite?) {
        self.sourceSHA256 = sourceSHA256
        self.recipe = recipe
        self.library = library
        self.photo = photo
    }
}

extension ContentReader {
    /// Opens the photo of a picture as it is deployed.
    public func openPhoto(of file: LocalFile, mark: ReadMark = ReadMark()) throws(SourceError) -> Content {
        try open(LocalFile(path: file.sourcePath, status: file.status), mark: mark)
    }

    /// Makes a picture, all of it in memory: the photo is read once, corrected, digested and drawn.
    func openDerived(_ file: LocalFile, by maker: DerivativeMaker, mark: ReadMark) throws(SourceError) -> Content {
        guard let recipe = maker.recipeText(for: file) else { throw .unrenderable("it is no picture of the settings") }
        let photo = try openPhoto(of: file, mark: mark)
        guard photo.size <= Self.photoLimit else { throw .unrenderable("the photo has more than \(Self.photoLimit >> 20) MiB") }
        let (bytes, sourceSHA256) = try maker.make(file, of: photo)
        let derived = DerivedContent(
            sourceSHA256: sourceSHA256, recipe: recipe, library: maker.library, photo: photo.photo)
        return Content(file: photo.file, photo: nil, derived: derived, memory: bytes, bytes: MemoryBytes(bytes))
    }

    /// The largest photo that pictures are made of, in bytes: it is held in memory while they are.
    public static let photoLimit: Int64 = 512 << 20
}
