public import Vocabulary

/// One page of a listing. Rows stay in the bytes of the answer, decoded in place, and become values only when they are asked for.
public final class ListPage: Sendable {
    /// Where the parts of a row stand in `bytes`.
    struct Row: Sendable {
        var key: Slice = Slice()
        var etag: Slice = Slice()
        var lastModified: Slice = Slice()
        var storageClass: Slice = Slice()
        var size: Int64 = -1
    }

    /// A stretch of `bytes`.
    struct Slice: Sendable {
        var start: UInt32 = 0
        var count: UInt32 = 0
    }

    private let bytes: [UInt8]
    private let rows: [Row]
    private let folderSlices: [Slice]
    /// Opens the next page; nil on the last one.
    public let nextToken: String?
    /// True where the server answered with a page of ListObjects, and `nextToken` is the last key.
    let isOfFirstVersion: Bool
    /// What is wrong with the order and place of the rows: nothing, where the server is sound.
    public let disorder: ListDisorder

    init(
        bytes: [UInt8], rows: [Row], folders: [Slice] = [], nextToken: String?, isOfFirstVersion: Bool = false, disorder: ListDisorder
    ) {
        self.bytes = bytes
        self.rows = rows
        folderSlices = folders
        self.nextToken = nextToken
        self.isOfFirstVersion = isOfFirstVersion
        self.disorder = disorder
    }

    /// The UTF-8 bytes of a row's key, without a copy.
    public func withKeyBytes<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range(rows[index].key)])) }
    }

    /// What the keys were collapsed to, where the request asked for folders, in listing order: each ends in a slash.
    public var folders: [Key] { folderSlices.map { Key(unchecked: Array(bytes[range($0)])) } }

    /// The storage class of a row, such as `STANDARD_IA`; nil where the server leaves it out.
    public func storageClass(of index: Int) -> String? {
        let slice = rows[index].storageClass
        return slice.count == 0 ? nil : text(slice)
    }

    private func range(_ slice: Slice) -> Range<Int> { Int(slice.start)..<Int(slice.start) + Int(slice.count) }

    private func text(_ slice: Slice) -> String { String(decoding: bytes[range(slice)], as: UTF8.self) }
}

extension ListPage: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of rows.
    public var endIndex: Int { rows.count }

    /// A row as a value.
    public subscript(index: Int) -> RemoteObject {
        let row = rows[index]
        return RemoteObject(
            key: Key(unchecked: Array(bytes[range(row.key)])), size: row.size,
            etag: row.etag.count == 0
                ? nil : bytes.withUnsafeBufferPointer { ETag(utf8: UnsafeBufferPointer(rebasing: $0[range(row.etag)])) },
            lastModified: text(row.lastModified))
    }
}
