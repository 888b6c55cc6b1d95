internal import CZlib

/// Decodes gzip (RFC 1952) in memory.
public enum Gunzip {
    /// The content that `coded` stands for; nil where it is no whole gzip file, holds anything behind its end, or would be larger than `limit` bytes.
    public static func decode(_ coded: [UInt8], limit: Int) -> [UInt8]? {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard galleria_inflate_init_gzip(stream) == Z_OK else { return nil }
        defer { inflateEnd(stream) }
        var output: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 64 << 10)
        return coded.withUnsafeBufferPointer { input in
            // zlib does not write to its input; its type for that is without const.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: input.count)
            while true {
                let (result, count) = space.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    let result = inflate(stream, Z_NO_FLUSH)
                    return (result, room.count - Int(stream.pointee.avail_out))
                }
                guard output.count + count <= limit else { return nil }
                output += space[..<count]
                switch result {
                case Z_STREAM_END: return stream.pointee.avail_in == 0 ? output : nil
                case Z_OK where count > 0 || stream.pointee.avail_in > 0: continue
                default: return nil
                }
            }
        }
    }
}
