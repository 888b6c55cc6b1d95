public import Vocabulary

/// Which files are treated as photos that can be rewritten.
public enum PhotoKind {
    /// Extensions of files in the JPEG container; `.mpo` is several JPEGs in one (CIPA DC-007).
    public static let jpegExtensions: ExtensionSet = ["jpg", "jpeg", "jpe", "jfif", "jif", "mpo"]

    /// True where the name says JPEG, in any case of letters; the content is checked again when it is rewritten.
    public static func isJPEG(_ path: Key) -> Bool { jpegExtensions.contains(path) }

    /// The same of a file of the source, by its own name and not its key; a picture that is to be made of a photo is none.
    public static func isJPEG(_ file: LocalFile) -> Bool { file.derivative == nil && isJPEG(file.sourcePath) }
}
