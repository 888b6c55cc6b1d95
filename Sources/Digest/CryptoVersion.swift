internal import CCrypto

/// The OpenSSL that this process runs with.
public enum CryptoVersion {
    /// Its name, version and date, such as `OpenSSL 3.0.16 11 Feb 2025` (OpenSSL_version(3)).
    public static var text: String { String(cString: OpenSSL_version(0)) }
}
