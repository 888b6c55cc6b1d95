internal import Compression
internal import Digest
public import Vocabulary

/// A file's bytes, coded to be deployed, and what they were made of.
public struct CodedContent: Sendable {
    /// The coding.
    public let coding: ContentCoding
    /// What the file was coded by, and which release of whose library.
    public let recipe: String
    /// SHA-256 of the file's own bytes.
    public let sourceSHA256: SHA256
    /// The coded bytes.
    let bytes: [UInt8]

    /// Codes `file`; nil where it is too small or too large for that, or would not become smaller. Throws what reading throws.
    init?(_ file: OpenedFile, _ coding: ContentCoding) throws(SourceError) {
        guard Compressor.sizes.contains(file.size) else { return nil }
        let compressor = Compressor(coding)
        var hasher = SHA256Hasher()
        var at: Int64 = 0
        let bytes = try compressor.compressed(size: file.size) { buffer throws(SourceError) in
            do {
                let count = try file.read(into: buffer, at: at)
                guard count > 0 || at == file.size else { throw SourceError.changed }
                hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                at += Int64(count)
                return count
            } catch {
                throw SourceError(reading: error)
            }
        }
        guard let bytes else { return nil }
        self.coding = coding
        recipe = compressor.recipe
        sourceSHA256 = hasher.finalize()
        self.bytes = bytes
    }

    /// The first word of `recipe` for a coding: what is the same whatever the library's release.
    public static func method(_ coding: ContentCoding) -> String { Compressor(coding).method }

    /// The digest of `recipe` for a coding.
    static func recipe(_ coding: ContentCoding) -> SHA256 { SHA256.digest(of: [UInt8](Compressor(coding).recipe.utf8)) }

    /// The most memory that a file to be coded takes, in bytes.
    static func memory(_ size: Int64) -> Int64 { min(size, Compressor.sizes.upperBound) }
}
