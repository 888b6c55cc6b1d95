public import Vocabulary

extension Endpoint {
    /// The address under which a browser finds `key`, or the bucket itself where the key is empty, if the bucket is public.
    public func publicURL(bucket: String, key: Key) -> String {
        let encoded = PercentEncoding.path(key.bytes)
        let address = url(bucket: bucket, encodedKey: encoded)
        return encoded.isEmpty && !address.hasSuffix("/") ? address + "/" : address
    }
}
