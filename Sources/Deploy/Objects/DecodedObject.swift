internal import Compression
internal import Digest
internal import S3
internal import Vocabulary

/// An object that a deploy has coded (`gzip:`), and the file that it was made of.
struct DecodedObject {
    /// SHA-256 of the file.
    let source: SHA256

    /// Nil where the object is not kept under a coding.
    /// Throws where it is, and not by a deploy of this program, which tells in the metadata what it was made of, or by another coding than gzip.
    init?(_ head: ObjectHead) throws(OutputFault) {
        guard let coding = Self.coding(of: head) else { return nil }
        guard coding == "gzip" || coding == "x-gzip", let mark = CodingMark(head), head.size <= Compressor.sizes.upperBound else {
            throw .encoded(coding)
        }
        source = mark.source
    }

    /// The coding that an object is kept under; nil where there is none. Some clients leave `aws-chunked`, which is none, to the store.
    static func coding(of head: ObjectHead) -> String? {
        let codings = (head.header("content-encoding") ?? "").lowercased().split(separator: ",")
            .map { $0.filter { $0 != " " } }.filter { $0 != "identity" && $0 != "aws-chunked" && !$0.isEmpty }
        return codings.isEmpty ? nil : codings.joined(separator: ", ")
    }

    /// The file's bytes; it is their hash that proves them.
    func decode(_ coded: [UInt8]) throws(OutputFault) -> [UInt8] {
        guard let bytes = Gunzip.decode(coded, limit: Int(Compressor.sizes.upperBound)) else {
            throw .damaged(expected: "gzip", found: "no gzip file")
        }
        let found = SHA256.digest(of: bytes)
        guard found == source else { throw .damaged(expected: "SHA-256 \(source) of what it was made of", found: "SHA-256 \(found)") }
        return bytes
    }
}
