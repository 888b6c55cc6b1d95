/// How the bytes of an object are coded, which its `content-encoding` tells (RFC 9110 §8.4.1; for `br` RFC 7932).
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    /// Every browser reads it.
    case gzip
    /// Smaller. Browsers ask for it over HTTPS only.
    case brotli = "br"
}
