internal import Vocabulary

/// SHA-1 (FIPS 180-4), only as the name of a file: AWS's tools keep single sign-on tokens under the SHA-1 of the session's name.
public enum SHA1 {
    /// The digest of `bytes` as 40 lower-case hexadecimal digits.
    public static func hex(of bytes: [UInt8]) -> String {
        var context = Context(.sha1, after: bytes)
        let digest = [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
            context.finish(into: UnsafeMutableRawBufferPointer(buffer))
            count = 20
        }
        return hexString(digest)
    }
}
