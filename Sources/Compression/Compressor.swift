public import Vocabulary

/// Codes text before it is deployed, because a store sends what it keeps and codes nothing itself.
///
/// Equal content gives equal bytes: level, window and header are fixed, and no time or name is written. Another release of a library may code
/// otherwise, so its release is part of the `recipe`.
public struct Compressor: Sendable, Hashable {
    /// The coding.
    public let coding: ContentCoding

    /// A compressor for one coding.
    public init(_ coding: ContentCoding) { self.coding = coding }

    /// How large a file may be to be coded, in bytes. Smaller ones fit into one packet anyway; of larger ones the result would have to be held in
    /// memory.
    public static let sizes: ClosedRange<Int64> = 1024...32 << 20

    /// What is coded how, without what the library's release decides: bumped when the parameters change, and then everything is coded anew.
    public var method: String {
        switch coding {
        case .gzip: "gzip-\(Deflate.level)"
        case .brotli: "br-\(Brotli.quality)"
        }
    }

    /// Everything that decides what bytes come of a file: the method and the library's release.
    public var recipe: String {
        switch coding {
        case .gzip: "\(method) zlib/\(release)"
        case .brotli: "\(method) brotli/\(release)"
        }
    }

    /// The library's release, as it says itself.
    public var release: String {
        switch coding {
        case .gzip: Deflate.release
        case .brotli: Brotli.release
        }
    }

    /// Codes what `read` yields until it answers 0 bytes; nil where the result would not be smaller than `size`, the content's size in bytes.
    ///
    /// Only the result is held in memory. Throws what `read` throws.
    public func compressed<Failure: Error>(
        size: Int64, reading read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> [UInt8]? {
        switch coding {
        case .gzip: try Self.run(Deflate(), size: size, reading: read)
        case .brotli: try Self.run(Brotli(sizeHint: size), size: size, reading: read)
        }
    }

    private static func run<Failure: Error>(
        _ stream: (any CodingStream)?, size: Int64, reading read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> [UInt8]? {
        // Without memory for a coder the file goes as it is.
        guard let stream else { return nil }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var output = BoundedOutput(limit: Int(size) - 1)
        while true {
            let count = try read(buffer)
            let isLast = count == 0
            guard stream.code(UnsafeRawBufferPointer(rebasing: buffer[..<count]), isLast: isLast, into: &output) else { return nil }
            if isLast { return output.bytes }
        }
    }
}

/// One run of a library's coder.
protocol CodingStream: AnyObject {
    /// Codes a block, and with the last one all that is left. False where it failed or the output is full.
    func code(_ input: UnsafeRawBufferPointer, isLast: Bool, into output: inout BoundedOutput) -> Bool
}

/// Bytes up to a limit.
struct BoundedOutput {
    private(set) var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Adds bytes; false where they are too many.
    mutating func append(_ more: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count + more.count <= limit else { return false }
        bytes.append(contentsOf: more)
        return true
    }
}
