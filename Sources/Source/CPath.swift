/// Calls `body` with the bytes of a relative path and the zero that C wants behind them.
func withCPath<R>(_ path: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
    var bytes = path.map { CChar(bitPattern: $0) }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer in
        // An array that was just appended to has a base address; the empty string stands in for the type's sake.
        buffer.baseAddress.map(body) ?? "".withCString(body)
    }
}
