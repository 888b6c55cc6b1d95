/// Writes text for C into memory that has room for it.
struct CText {
    /// Where the next byte goes.
    private(set) var at: UnsafeMutablePointer<CChar>

    /// Begins at `at`.
    init(at: UnsafeMutablePointer<CChar>) { self.at = at }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let base = bytes.baseAddress { UnsafeMutableRawPointer(at).copyMemory(from: base, byteCount: bytes.count) }
        at += bytes.count
    }

    mutating func append(_ string: String) {
        // Every native string's; `withUTF8` would have a copy of any.
        let isDone: Void? = string.utf8.withContiguousStorageIfAvailable { append($0) }
        if isDone == nil { [UInt8](string.utf8).withUnsafeBufferPointer { append($0) } }
    }
}
