internal import Vocabulary

/// Reads a page of ListObjectsV2, or of ListObjects (Amazon S3 API Reference), under the strict scanner's rules, 1,000 rows without an allocation for each.
struct ListPageParser {
    /// What a text belongs to.
    private enum Field { case none, key, etag, size, lastModified, storageClass, folder, isTruncated, nextToken, keyCount, encodingType }

    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var rows: [ListPage.Row] = []
    private var folders: [ListPage.Slice] = []
    private var row = ListPage.Row()
    private var field = Field.none
    private var fieldDepth = 0
    private var text = ListPage.Slice()
    private var isTruncated: Bool?
    private var nextToken: String?
    private var encodingType = ""
    private var hasKeyCount = false
    private var disorder = ListDisorder()

    private init(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
        rows.reserveCapacity(1000)
    }

    /// Reads `body`, the answer to a request for the keys under `prefix`; `previous` is the last key of the page before.
    static func parse(
        _ body: consuming [UInt8], prefix: [UInt8], after previous: Key? = nil, maximumBytes: Int = 16 << 20
    ) throws(XMLFault) -> ListPage {
        var body = body
        let (rows, folders, opening, disorder) = try body.withUnsafeMutableBufferPointer { buffer throws(XMLFault) in
            var parser = ListPageParser(buffer)
            try parser.scan(maximumBytes: maximumBytes)
            try parser.finishKeys(prefix: prefix, after: previous)
            return (parser.rows, parser.folders, try parser.openingOfNextPage(), parser.disorder)
        }
        return ListPage(
            bytes: body, rows: rows, folders: folders, nextToken: opening.token, isOfFirstVersion: opening.isKey, disorder: disorder)
    }

    /// What opens the next page: the token, or, of a server that has only ListObjects (its answer has no KeyCount), the last key.
    private func openingOfNextPage() throws(XMLFault) -> (token: String?, isKey: Bool) {
        guard let isTruncated else { throw .content("it does not say whether more rows follow (IsTruncated)") }
        if !isTruncated { return (nil, false) }
        if let nextToken, !nextToken.isEmpty { return (nextToken, false) }
        // A folder as a marker skips all that it stands for (Amazon S3 API Reference, ListObjects, NextMarker).
        let candidates = [rows.last?.key, folders.last].compactMap { $0 }
        guard !hasKeyCount, let last = candidates.max(by: { precedes(UnsafeBufferPointer(slice($0)), UnsafeBufferPointer(slice($1))) })
        else {
            throw .content("it says that more rows follow, but not how to ask for them (NextContinuationToken)")
        }
        return (String(decoding: slice(last), as: UTF8.self), true)
    }

    // MARK: Scanning

    private mutating func scan(maximumBytes: Int) throws(XMLFault) {
        var scanner = try XMLScanner(UnsafeBufferPointer(bytes), maximumBytes: maximumBytes)
        var (inContents, inFolder) = (false, false)
        while true {
            switch try scanner.next() {
            case .start(let name):
                switch scanner.depth {
                case 1:
                    guard matches(name, "ListBucketResult") else {
                        throw .root(expected: "ListBucketResult", found: String(decoding: bytes[name.start..<name.end], as: UTF8.self))
                    }
                case 2:
                    inContents = matches(name, "Contents")
                    inFolder = matches(name, "CommonPrefixes")
                    if inContents { row = ListPage.Row() } else if !inFolder { begin(pageField(name), 2) }
                case 3 where inContents: begin(rowField(name), 3)
                case 3 where inFolder: begin(matches(name, "Prefix") ? .folder : .none, 3)
                default: break
                }
            case .text(let slice, let hasReferences):
                if field != .none, scanner.depth == fieldDepth { take(slice, hasReferences) }
            case .end:
                if field != .none, scanner.depth == fieldDepth - 1 { try finishField() }
                if inContents, scanner.depth == 1 {
                    inContents = false
                    guard row.key.count > 0 else { throw .content("a row has no Key") }
                    guard row.size >= 0 else { throw .content("a row has no Size") }
                    rows.append(row)
                }
            case .done: return
            }
        }
    }

    private mutating func begin(_ field: Field, _ depth: Int) {
        self.field = field
        fieldDepth = depth
        text = ListPage.Slice()
    }

    /// Keeps a piece of text, references replaced, and moved next to the piece before it where there is one (a CDATA section, a comment).
    private mutating func take(_ slice: XMLScanner.Slice, _ hasReferences: Bool) {
        var count = slice.end - slice.start
        if hasReferences { count = XMLText.decode(UnsafeMutableBufferPointer(rebasing: bytes[slice.start..<slice.end])) }
        if text.count == 0 {
            text.start = UInt32(slice.start)
        } else {
            let end = Int(text.start) + Int(text.count)
            for i in 0..<count { bytes[end + i] = bytes[slice.start + i] }
        }
        text.count += UInt32(count)
    }

    private mutating func finishField() throws(XMLFault) {
        switch field {
        case .none: break
        case .key: row.key = text
        case .etag: row.etag = text
        case .lastModified: row.lastModified = text
        case .storageClass: row.storageClass = text
        case .folder: folders.append(text)
        case .size: row.size = try number()
        case .nextToken: nextToken = string
        case .keyCount: hasKeyCount = true
        case .encodingType: encodingType = string
        case .isTruncated:
            switch string {
            case "true": isTruncated = true
            case "false": isTruncated = false
            default: throw .content("IsTruncated is neither true nor false")
            }
        }
        field = .none
    }

    private var string: String { String(decoding: bytes[Int(text.start)..<Int(text.start) + Int(text.count)], as: UTF8.self) }

    private func number() throws(XMLFault) -> Int64 {
        var value: Int64 = 0
        guard (1...18).contains(text.count) else { throw .content("a Size is not a number") }
        for byte in bytes[Int(text.start)..<Int(text.start) + Int(text.count)] {
            guard (48...57).contains(byte) else { throw .content("a Size is not a number") }
            value = value * 10 + Int64(byte - 48)
        }
        return value
    }

    private func pageField(_ name: XMLScanner.Slice) -> Field {
        switch name.end - name.start {
        case 8 where matches(name, "KeyCount"): .keyCount
        case 11 where matches(name, "IsTruncated"): .isTruncated
        case 12 where matches(name, "EncodingType"): .encodingType
        case 21 where matches(name, "NextContinuationToken"): .nextToken
        default: .none
        }
    }

    private func rowField(_ name: XMLScanner.Slice) -> Field {
        switch name.end - name.start {
        case 3 where matches(name, "Key"): .key
        case 4 where matches(name, "ETag"): .etag
        case 4 where matches(name, "Size"): .size
        case 12 where matches(name, "LastModified"): .lastModified
        case 12 where matches(name, "StorageClass"): .storageClass
        default: .none
        }
    }

    private func matches(_ name: XMLScanner.Slice, _ text: StaticString) -> Bool {
        let count = name.end - name.start
        guard count == text.utf8CodeUnitCount else { return false }
        for i in 0..<count where bytes[name.start + i] != text.utf8Start[i] { return false }
        return true
    }

    // MARK: Keys

    /// Decodes the keys where the server encoded them (it says so), checks that they are UTF-8, under the prefix and ascending.
    private mutating func finishKeys(prefix: [UInt8], after previous: Key?) throws(XMLFault) {
        let isEncoded = encodingType == "url"
        var last: UnsafeBufferPointer<UInt8>?
        var kept = 0
        for i in rows.indices {
            if isEncoded {
                guard let count = PercentEncoding.decodeListed(slice(rows[i].key)) else {
                    throw .content("a Key is not URL-encoded, though it should be")
                }
                rows[i].key.count = UInt32(count)
            }
            let key = UnsafeBufferPointer(slice(rows[i].key))
            guard XMLText.firstUnacceptable(key, allowingControls: true) == nil else { throw .content("a Key is not UTF-8") }
            guard key.starts(with: prefix) else {
                disorder.outsideCount += 1
                if disorder.firstOutside == nil { disorder.firstOutside = Key(unchecked: Array(key)) }
                continue
            }
            if disorder.descending == nil, let last, !precedes(last, key) { disorder.descending = Key(unchecked: Array(key)) }
            last = key
            if kept != i { rows[kept] = rows[i] }
            kept += 1
        }
        rows.removeLast(rows.count - kept)
        for i in folders.indices {
            if isEncoded {
                guard let count = PercentEncoding.decodeListed(slice(folders[i])) else {
                    throw .content("a Prefix is not URL-encoded, though it should be")
                }
                folders[i].count = UInt32(count)
            }
            guard XMLText.firstUnacceptable(UnsafeBufferPointer(slice(folders[i])), allowingControls: true) == nil else {
                throw .content("a Prefix is not UTF-8")
            }
        }
        folders = folders.filter { slice($0).starts(with: prefix) }
        if let previous, let first = rows.first {
            let key = Key(unchecked: Array(slice(first.key)))
            if !(previous < key) { disorder.descending = key }
        }
    }

    private func slice(_ slice: ListPage.Slice) -> UnsafeMutableBufferPointer<UInt8> {
        UnsafeMutableBufferPointer(rebasing: bytes[Int(slice.start)..<Int(slice.start) + Int(slice.count)])
    }

    private func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = Swift.min(a.count, b.count)
        var i = 0
        while i < count, a[i] == b[i] { i += 1 }
        return i < count ? a[i] < b[i] : a.count < b.count
    }
}
