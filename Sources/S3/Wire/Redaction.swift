internal import HTTP

/// Cuts out of requests and answers whatever lets its reader act for the user: signatures, tokens, keys.
enum Redaction {
    static let mark = "[cut]"

    /// Parts of header and parameter names whose values are cut. Better one too many than one too few.
    private static let secretParts = [
        "token", "secret", "password", "passwd", "accesskey", "cookie", "signature", "authorization", "credential", "assertion",
    ]

    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        if secretParts.contains(where: { name.contains($0) }) { return true }
        // A customer's encryption key; not its MD5, nor the name of a key that a service keeps. The tokens of listings are no secrets.
        return name.hasSuffix("-customer-key")
    }

    /// What a request carries and nobody else may see, as a server that echoes requests would show it.
    static func secrets(of request: HTTPRequest) -> [String] {
        request.headers.flatMap { header -> [String] in
            guard isSecret(header.name) else { return [] }
            guard header.name.lowercased() == "authorization", let equals = header.value.lastIndex(of: "=") else { return [header.value] }
            return [header.value, String(header.value[header.value.index(after: equals)...])]
        }.filter { $0.utf8.count >= 8 }
    }

    /// Parameters whose names look like a secret's and which are none.
    private static let harmless: Set<String> = ["continuation-token"]

    /// A header's value as it may be shown.
    static func value(of name: String, _ value: String) -> String {
        switch name.lowercased() {
        case "authorization" where value.hasPrefix("AWS4-HMAC-SHA256 "): return authorization(value)
        case "location", "referer", "content-location": return url(value)
        default: return isSecret(name) ? mark : value
        }
    }

    /// The header of a signed request: the key's ID cut to four characters, the signature cut out.
    private static func authorization(_ value: String) -> String {
        let parts = value.dropFirst("AWS4-HMAC-SHA256 ".count).split(separator: ",").map { part in
            let part = part.drop { $0 == " " }
            if part.hasPrefix("Credential=") { return "Credential=" + credential(part.dropFirst("Credential=".count)) }
            return part.hasPrefix("SignedHeaders=") ? String(part) : String(part.prefix { $0 != "=" }) + "=" + mark
        }
        return "AWS4-HMAC-SHA256 " + parts.joined(separator: ", ")
    }

    private static func credential(_ value: some StringProtocol) -> String {
        let id = value.prefix { $0 != "/" && $0 != "%" }
        return id.prefix(4) + "…" + value[id.endIndex...]
    }

    /// An address with the secret parameters of its query cut out, and without a user name or password.
    static func url(_ url: String) -> String {
        var text = url
        if let scheme = text.firstRange(of: "://") {
            let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            if let at = authority.lastIndex(of: "@") { text.replaceSubrange(authority.startIndex..<at, with: mark) }
        }
        guard let question = text.firstIndex(of: "?") else { return text }
        let parameters = text[text.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false).map { parameter in
            let name = parameter.prefix { $0 != "=" }
            guard name.endIndex < parameter.endIndex else { return String(parameter) }
            let value = parameter[parameter.index(after: name.endIndex)...]
            if name.lowercased() == "x-amz-credential" { return name + "=" + credential(value) }
            return isSecret(String(name)) && !harmless.contains(name.lowercased()) ? name + "=" + mark : String(parameter)
        }
        return text[...question] + parameters.joined(separator: "&")
    }
}
