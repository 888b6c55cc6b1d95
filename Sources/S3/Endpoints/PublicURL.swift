public import Vocabulary

extension Endpoint {
    /// The address under which a browser finds `key`, or the bucket itself where the key is empty, if the bucket is public.
    ///
    /// Nil for Cloudflare R2 and access points, which answer nobody without a signature; R2's public buckets have an address of their own.
    public func publicURL(bucket: String, key: Key) -> String? {
        if host.hasSuffix(".r2.cloudflarestorage.com") || host.hasPrefix("s3-accesspoint.") { return nil }
        let encoded = PercentEncoding.path(key.bytes)
        let address = url(bucket: bucket, encodedKey: encoded)
        return encoded.isEmpty && !address.hasSuffix("/") ? address + "/" : address
    }
}
