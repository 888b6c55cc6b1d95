internal import CBrotli

/// The coder of libbrotlienc (RFC 7932).
final class Brotli: CodingStream {
    /// Two steps below the smallest: a tenth larger, in a fifth to a thirtieth of the time.
    static let quality: UInt32 = 9
    /// Base-2 logarithm of the window: 4 MiB, the largest but for one step that few decoders with little memory take.
    private static let window: UInt32 = 22

    /// The library's release, such as 1.0.9.
    static var release: String {
        let version = BrotliEncoderVersion()
        return "\(version >> 24).\(version >> 12 & 0xFFF).\(version & 0xFFF)"
    }

    private let state: OpaquePointer
    private let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// Nil where there is no memory for it. `sizeHint` is the content's size in bytes.
    init?(sizeHint: Int64) {
        guard let state = BrotliEncoderCreateInstance(nil, nil, nil) else {
            space.deallocate()
            return nil
        }
        self.state = state
        BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, Self.quality)
        BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN, Self.window)
        BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT.rawValue)
        BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT, UInt32(clamping: sizeHint))
    }

    deinit {
        BrotliEncoderDestroyInstance(state)
        space.deallocate()
    }

    func code(_ input: UnsafeRawBufferPointer, isLast: Bool, into output: inout BoundedOutput) -> Bool {
        var left = input.count
        var next = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        while true {
            var room = space.count
            var end = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let operation = isLast ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS
            guard BrotliEncoderCompressStream(state, operation, &left, &next, &room, &end, nil) != 0,
                output.append(UnsafeRawBufferPointer(rebasing: space[..<(space.count - room)]))
            else { return false }
            if BrotliEncoderHasMoreOutput(state) != 0 { continue }
            if isLast ? BrotliEncoderIsFinished(state) != 0 : left == 0 { return true }
        }
    }
}
