internal import CBuild
internal import Compression
internal import Digest
internal import HTTP
internal import State
internal import Vocabulary

/// The program's version (Semantic Versioning 2.0.0), and what it is made of.
enum Version {
    static let text = "0.1.0"

    /// What `--version` prints: the version with the commit, then a line per library. Libraries answer for themselves, because they may be newer
    /// than those of the build; libexif has no such question, so the build tells its version.
    static var page: String {
        page(
            commit: String(cString: galleria_build_commit()), libexif: String(cString: galleria_build_libexif()), curl: CurlVersion.text,
            crypto: CryptoVersion.text, sqlite: SQLiteVersion.text,
            zlib: Compressor(.gzip).release, brotli: Compressor(.brotli).release)
    }

    static func page(commit: String, libexif: String, curl: String, crypto: String, sqlite: String, zlib: String, brotli: String) -> String
    {
        """
        galleria-deploy \(text)\(commit.isEmpty ? "" : " (commit \(commit))")
        \(curl)
        \(crypto)
        SQLite \(sqlite)
        zlib \(zlib)
        Brotli \(brotli)
        libexif\(libexif.isEmpty ? "" : " \(libexif)")
        """
    }
}
