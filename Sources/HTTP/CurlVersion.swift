internal import CCurl

/// The libcurl that this process runs with.
public enum CurlVersion {
    /// Its version and those of the libraries that it uses, such as `libcurl/7.88.1 OpenSSL/3.0.16 zlib/1.2.13` (curl_version(3)).
    public static var text: String { String(cString: curl_version()) }
}
