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

    /// What is wrong with a web address.
    public enum WebFault: Sendable, Hashable {
        case query
        case encoding
        case endpoint(EndpointError)
    }

    /// The text has none of the forms of a place.
    case notAnAddress(String)
    /// The bucket is left out: `s3:///x`.
    case noBucket(String)
    /// The name cannot be a bucket's.
    case bucketName(String, NameFault)
    /// The folder cannot be deployed to.
    case prefix(String, PrefixFault)
    /// The web address names no bucket's folder.
    case webAddress(String, WebFault)
    /// The ARN is none of an access point.
    case arn(String)
}

extension BucketAddressError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .notAnAddress(let text):
            "“\(text.escapedForTerminal)” is no destination. Expected s3://BUCKET/PREFIX, https://BUCKET.s3.REGION.amazonaws.com/PREFIX,"
                + " https://HOST/BUCKET/PREFIX, or the ARN of an access point."
        case .noBucket(let text):
            "“\(text.escapedForTerminal)” names no bucket. Expected s3://BUCKET/PREFIX, or https://HOST/BUCKET/PREFIX."
        case .bucketName(let name, let fault):
            "“\(name.escapedForTerminal)” cannot be a bucket's name: \(fault.reason). Correct the name after s3://."
        case .prefix(let prefix, let fault):
            "“\(prefix.escapedForTerminal)” cannot be a folder to deploy to: \(fault.reason)."
        case .webAddress(_, .endpoint(let error)):
            // The address may hold a password, which the endpoint's error leaves out.
            error.description
        case .webAddress(let text, let fault):
            "“\(text.escapedForTerminal)” is no bucket's address: it \(fault == .query ? "has a query or a fragment" : "is not percent-encoded UTF-8")."
                + " Expected https://HOST/BUCKET/PREFIX."
        case .arn(let text):
            "“\(text.escapedForTerminal)” is no access point's ARN. Expected arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME."
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
