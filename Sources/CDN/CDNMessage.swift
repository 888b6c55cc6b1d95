internal import FoundationEssentials
internal import Vocabulary

/// What is read of the JSON that networks answer, and written of what they are sent.
enum CDNMessage {
    private struct Answer: Decodable {
        struct Fault: Decodable {
            let code: Int?
            let message: String?
        }

        let success: Bool?
        let errors: [Fault]?
    }

    /// The text of a member of an object; "" where there is none.
    static func inJSON(_ body: [UInt8], _ member: String) -> String {
        (try? JSONDecoder().decode([String: Text].self, from: Data(body)))?[member]?.text ?? ""
    }

    /// What `errors` say.
    static func ofCloudflare(_ body: [UInt8]) -> String {
        let errors = (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.errors ?? []
        return errors.map { [$0.code.map { "\($0)" }, $0.message].compactMap(\.self).joined(separator: " ") }.joined(separator: "; ")
    }

    /// True where the answer says so, and not only its status.
    static func isSuccess(_ body: [UInt8]) -> Bool { (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.success == true }

    /// A text as JSON; it is percent-encoded already, so that quotes and backslashes are all that could break it.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// A member that may be anything.
    private struct Text: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }
}
