internal import CZlib

/// zlib's deflate with a gzip header (RFC 1952), which holds neither name nor time.
final class Deflate: CodingStream {
    /// The best that zlib does.
    static let level: Int32 = 9
    /// The library's release, such as 1.2.13.
    static var release: String { String(cString: zlibVersion()) }

    // zlib keeps a pointer to the stream itself, so it stays where it is.
    private let stream: UnsafeMutablePointer<z_stream>
    private let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// Nil where there is no memory for it.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard galleria_deflate_init_gzip(stream, Self.level) == Z_OK else { return nil }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        space.deallocate()
    }

    func code(_ input: UnsafeRawBufferPointer, isLast: Bool, into output: inout BoundedOutput) -> Bool {
        // zlib does not write to its input; its type for that is without const.
        stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(input.count)
        while true {
            stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(space.count)
            let result = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return false }
            let count = space.count - Int(stream.pointee.avail_out)
            guard output.append(UnsafeRawBufferPointer(rebasing: space[..<count])) else { return false }
            if isLast ? result == Z_STREAM_END : stream.pointee.avail_out > 0 { return true }
        }
    }
}
