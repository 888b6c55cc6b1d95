internal import CCrypto

/// A digest algorithm of OpenSSL, fetched once: `EVP_MD_fetch` walks the provider's tables and costs more than hashing a small message.
///
/// `@unchecked Sendable` is sound: an `EVP_MD` is immutable once fetched, and OpenSSL counts references to it atomically. It is never freed.
struct Algorithm: @unchecked Sendable {
    let method: OpaquePointer

    static let sha256 = Algorithm(name: "SHA2-256")
    static let md5 = Algorithm(name: "MD5")
    static let sha1 = Algorithm(name: "SHA1")

    private init(name: String) {
        // "-fips" second: where only approved algorithms are the default, MD5 as a mere checksum is still to be had.
        guard let method = EVP_MD_fetch(nil, name, nil) ?? EVP_MD_fetch(nil, name, "-fips") else {
            preconditionFailure("OpenSSL offers no \(name): its configuration loads no provider that has it")
        }
        self.method = method
    }
}
