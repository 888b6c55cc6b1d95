public import Vocabulary

/// What files must be to be sent.
public struct UploadRules: Sendable, Hashable {
    /// What is done about pictures that are there twice: the same deployed bytes under two keys.
    public enum Duplicates: String, Sendable, Hashable, CaseIterable {
        /// They are named.
        case warn
        /// The second one fails.
        case refuse
        /// They are not looked for.
        case ignore
    }

    /// The most bytes that a file may have; nil for any number.
    public var maximumSize: Int64?
    /// The types that files may be of; empty for any.
    public var allowedTypes: [MediaTypePattern]
    /// True where pictures must be whole.
    public var checksImages: Bool
    /// What is done about pictures that are there twice.
    public var duplicates: Duplicates

    /// No demands, unless more is said.
    public init(
        maximumSize: Int64? = nil, allowedTypes: [MediaTypePattern] = [], checksImages: Bool = false, duplicates: Duplicates = .ignore
    ) {
        self.maximumSize = maximumSize
        self.allowedTypes = allowedTypes
        self.checksImages = checksImages
        self.duplicates = duplicates
    }

    /// True where files need not be looked at one by one.
    public var asksNothingOfFiles: Bool { maximumSize == nil && allowedTypes.isEmpty && !checksImages }

    /// The type of a file that is not allowed; nil where it is. `head` are its first `ContentType.sniffedCount` bytes.
    ///
    /// What it is its bytes say, not its name. Text has no bytes of its own by which JSON is told from a style sheet: of what is text, the name may say
    /// which.
    public func forbiddenType(_ head: [UInt8], name: Key) -> String? {
        guard !allowedTypes.isEmpty else { return nil }
        let sniffed = ContentType.sniffed(head)
        let named = ContentType.of(name)
        let isNamedText = ContentType.shrinks(named) && !named.hasPrefix("font/") && named != "application/wasm"
        let types = [sniffed] + (sniffed.hasPrefix("text/") && isNamedText ? [named] : [])
        return types.contains { type in allowedTypes.contains { $0.matches(type) } } ? nil : sniffed
    }
}
