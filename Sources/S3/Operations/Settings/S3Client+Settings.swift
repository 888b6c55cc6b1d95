internal import Digest
internal import HTTP
internal import Vocabulary

extension S3Client {
    /// Reads a setting. The answer counts only where it is the setting's own document: servers that do not know a sub-resource answer 200 with a
    /// listing.
    func setting<Value>(
        _ setting: BucketSetting, _ value: (HTTPResponse) throws(AnswerFault) -> Value?
    ) async throws(S3Error) -> SettingAnswer<Value> {
        do throws(S3Error) {
            let call = Call(operation: setting.reading, method: .get, query: setting.query)
            let found = try await send(call) { response throws(AnswerFault) in
                if let root = setting.root {
                    let found = try XMLElement(answer: response).name
                    guard found == root else {
                        let fault = XMLFault.root(expected: root, found: found)
                        // A proxy's page; the next answer may be the server's.
                        if found.lowercased() == "html" { throw .unreadable(fault) }
                        return SettingAnswer<Value>.unreadable(.unsupported("its answer is another document: \(fault)"))
                    }
                }
                return try value(response).map { .configured($0) } ?? .notConfigured
            }
            return found
        } catch {
            if let code = error.code?.name, setting.absentCodes.contains(code) { return .notConfigured }
            guard let reason = SettingReason(error) else { throw error }
            return .unreadable(reason)
        }
    }

    /// Replaces a setting's whole document; answers why not, where the store or the access key is the cause.
    func setSetting(
        _ setting: BucketSetting, _ document: [UInt8], headers: [HTTPHeader] = []
    ) async throws(S3Error) -> SettingReason? {
        var call = Call.document(document, operation: setting.writing, method: .put, query: setting.query)
        if setting.root == nil {
            call.headers = call.headers.map { $0.name == "Content-Type" ? HTTPHeader("Content-Type", "application/json") : $0 }
        }
        call.headers += headers
        do throws(S3Error) { try await send(call) { _ throws(AnswerFault) in } } catch {
            guard let reason = SettingReason(error) else { throw error }
            return reason
        }
        return nil
    }
}

/// The elements directly within a document's root, each with its own bytes, so that what is not understood can be sent back as it came.
struct XMLPieces {
    struct Piece {
        let element: XMLElement
        let bytes: [UInt8]
    }

    let pieces: [Piece]

    /// Reads a document's pieces. Names with prefixes are refused: their meaning stands in the root, which is written anew.
    init(_ document: [UInt8]) throws(XMLFault) {
        let ranges = try document.withUnsafeBufferPointer { bytes throws(XMLFault) in try Self.ranges(bytes) }
        var pieces: [Piece] = []
        for range in ranges {
            let bytes = Array(document[range])
            pieces.append(Piece(element: try XMLElement(document: bytes), bytes: bytes))
        }
        self.pieces = pieces
    }

    private static func ranges(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLFault) -> [Range<Int>] {
        var scanner = try XMLScanner(bytes, maximumBytes: 16 << 20)
        var ranges: [Range<Int>] = []
        var start = 0
        while true {
            switch try scanner.next() {
            case .start(let name):
                guard bytes[name.start - 1] == UInt8(ascii: "<") else {
                    throw .content("it names its elements with prefixes, which cannot be kept as they are")
                }
                if scanner.depth == 2 { start = name.start - 1 }
            case .end: if scanner.depth == 1 { ranges.append(start..<scanner.position) }
            case .text: break
            case .done: return ranges
            }
        }
    }
}

extension XMLPieces {
    /// The pieces of an answer.
    init(answer response: HTTPResponse) throws(AnswerFault) {
        do throws(XMLFault) { try self.init(response.body) } catch { throw .unreadable(error) }
    }

    /// The pieces within an element that is a document of its own.
    init(within piece: Piece) throws(AnswerFault) {
        do throws(XMLFault) { try self.init(piece.bytes) } catch { throw .unreadable(error) }
    }
}
