internal import Vocabulary

/// Why a place is not acceptable as a destination.
public enum BucketAddressError: Error, Sendable, Hashable {
    /// What is wrong with a bucket's name.
    public enum NameFault: Sendable, Hashable {
        case length
        case character(Unicode.Scalar)
        case ends
        case adjacentDots
        case address
    }

    /// What is wrong with a prefix.
    public enum PrefixFault: Sendable, Hashable {
        case emptyFolder
        case dots
        case control
        case length
    }

    /// The text has none of the forms of a place.
    case notAnAddress(String)
    /// The bucket is left out: `s3:///x`.
    case noBucket(String)
    /// The name cannot be a bucket's.
    case bucketName(String, NameFault)
    /// The folder cannot be deployed to.
    case prefix(String, PrefixFault)
}

extension BucketAddressError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .notAnAddress(let text):
            "“\(text.escapedForTerminal)” is no destination. Expected s3://BUCKET or s3://BUCKET/PREFIX."
        case .noBucket(let text):
            "“\(text.escapedForTerminal)” names no bucket. Expected s3://BUCKET or s3://BUCKET/PREFIX."
        case .bucketName(let name, let fault):
            "“\(name.escapedForTerminal)” cannot be a bucket's name: \(fault.reason). Correct the name after s3://."
        case .prefix(let prefix, let fault):
            "“\(prefix.escapedForTerminal)” cannot be a folder to deploy to: \(fault.reason)."
        }
    }
}

extension BucketAddressError.NameFault {
    var reason: String {
        switch self {
        case .length: "it must have 3 to 63 characters"
        case .character(let scalar):
            "it may hold only lower-case letters, digits, dots and hyphens, not “\(String(Character(scalar)).escapedForTerminal)”"
        case .ends: "it must begin and end with a letter or a digit"
        case .adjacentDots: "it holds two dots in a row"
        case .address: "it looks like an IP address"
        }
    }
}

extension BucketAddressError.PrefixFault {
    var reason: String {
        switch self {
        case .emptyFolder: "it holds an empty folder name (two slashes in a row). Leave the extra slash out"
        case .dots: "it holds “.” or “..”, which browsers drop from addresses. Write the folder out"
        case .control: "it holds a control character. Leave it out"
        case .length: "it is longer than 1023 bytes, which leaves no room for a name. Shorten it"
        }
    }
}
