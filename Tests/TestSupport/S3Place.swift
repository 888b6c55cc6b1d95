/// Where an S3 server listens, and keys that it accepts.
package struct S3Place: Sendable, Hashable {
    /// Scheme, host and port.
    package var endpoint: String
    /// The access key.
    package let access: String
    /// The secret key.
    package let secret: String

    /// The same keys at another address, such as a recorder's.
    package func at(_ endpoint: String) -> S3Place {
        var copy = self
        copy.endpoint = endpoint
        return copy
    }

    /// The environment that leads a program there.
    package var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_S3": endpoint,
        ]
    }

    var json: JSON { ["endpoint": .string(endpoint), "access": .string(access), "secret": .string(secret)] }
}
