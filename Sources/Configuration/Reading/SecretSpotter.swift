/// Recognises secrets in a configuration file, which people share, commit and mail.
enum SecretSpotter {
    /// True for a key that would hold a secret, in any spelling: `access-key`, `aws_secret_access_key`, `S3_PUBLIC_SECRET_KEY`, `password`.
    static func isSecret(key: String) -> Bool {
        let words = key.lowercased().utf8.split { !(97...122 ~= $0) && !(48...57 ~= $0) }.map { String($0) ?? "" }
        let joined = words.joined()
        return ["secret", "password", "passwd", "passphrase", "credential"].contains { joined.contains($0) }
            || ["accesskey", "apikey", "privatekey", "sessiontoken", "securitytoken", "accesstoken"].contains { joined.contains($0) }
            || joined == "token" || joined == "keyid"
    }

    /// True where a value holds an access key id of AWS (IAM User Guide, "IAM identifiers": AKIA or ASIA, then 16 capitals and digits).
    static func isSecret(value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard bytes.count >= 20 else { return false }
        return (0...(bytes.count - 20)).contains { i in
            let isStart = i == 0 || !isKeyByte(bytes[i - 1])
            let isEnd = i + 20 == bytes.count || !isKeyByte(bytes[i + 20])
            let prefix = bytes[i..<i + 4]
            return isStart && isEnd && (prefix.elementsEqual("AKIA".utf8) || prefix.elementsEqual("ASIA".utf8))
                && bytes[i..<i + 20].allSatisfy(isKeyByte)
        }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool { 65...90 ~= byte || 48...57 ~= byte }
}
