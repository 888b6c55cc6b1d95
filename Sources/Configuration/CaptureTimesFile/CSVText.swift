/// Splits comma-separated values into records (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes; lines end in CRLF
/// or LF. Where the header has no comma, semicolons or tabs separate, as spreadsheets of some countries write them. Empty lines are skipped.
struct CSVText {
    /// Why a text is none.
    struct Failure: Error {
        let offset: Int
        let problem: String
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var at = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let header = bytes.prefix { $0 != 10 && $0 != 13 }
        separator = [UInt8(ascii: ","), UInt8(ascii: ";"), 9].first { header.contains($0) } ?? UInt8(ascii: ",")
    }

    /// The next record and the byte offset at which it begins; nil at the end.
    mutating func next() throws(Failure) -> (fields: [String], offset: Int)? {
        while at < bytes.count, isLineEnd(bytes[at]) { at += 1 }
        guard at < bytes.count else { return nil }
        let start = at
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard at < bytes.count, bytes[at] == separator else { break }
            at += 1
        }
        return (fields, start)
    }

    /// Reads a field and stops at the separator or line end behind it.
    private mutating func field() throws(Failure) -> String {
        let start = at
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
            while at < bytes.count, bytes[at] != separator, !isLineEnd(bytes[at]) {
                if bytes[at] == UInt8(ascii: "\"") {
                    throw Failure(
                        offset: at,
                        problem: "a quotation mark within a field that does not begin with one; put the field in quotes and double it")
                }
                at += 1
            }
            return try text(bytes[start..<at], start)
        }
        var value: [UInt8] = []
        at += 1
        while true {
            guard let quote = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) else {
                throw Failure(offset: start, problem: "a quotation mark that is never closed")
            }
            value += bytes[at..<quote]
            at = quote + 1
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { break }
            value.append(UInt8(ascii: "\""))
            at += 1
        }
        guard at == bytes.count || bytes[at] == separator || isLineEnd(bytes[at]) else {
            throw Failure(offset: at, problem: "text behind the closing quotation mark of a field")
        }
        return try text(value[...], start)
    }

    private func text(_ value: ArraySlice<UInt8>, _ offset: Int) throws(Failure) -> String {
        guard let text = String(validating: value, as: UTF8.self) else {
            throw Failure(offset: offset, problem: "a field that is not UTF-8; save the file as UTF-8")
        }
        return text
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}
