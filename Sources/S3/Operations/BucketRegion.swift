internal import HTTP

extension S3Client {
    /// Finds out the region that the bucket is in and signs for it from now on: by HeadBucket, which tells it even to those who may do nothing
    /// else, else by GetBucketLocation (Amazon S3 API Reference). Answers nil where the server does not tell; that is no error, because what is
    /// asked for next will tell its own.
    public func discoverRegion() async -> String? {
        do throws(S3Error) {
            if let told = try await headBucket(), !told.isEmpty {
                _ = adopt(region: told, used: region)
                return region
            }
        } catch {
            // Where nobody answers there is nothing to ask further.
            guard error.refusal != nil else { return nil }
        }
        // A redirect has been followed already.
        guard let location = try? await bucketLocation() else { return nil }
        _ = adopt(region: location, used: region)
        return region
    }

    /// Signs for a region that was found out earlier.
    public func use(region: String) { _ = adopt(region: region, used: self.region) }

    /// The region by its name today; nil where the server answers something else.
    func bucketLocation() async throws(S3Error) -> String? {
        let call = Call(operation: .getBucketLocation, method: .get, query: "location")
        return try await send(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response)
            // Servers that do not know the sub-resource answer with a listing.
            guard root.name == "LocationConstraint" else { return nil }
            switch root.text {
            case "", "US": return "us-east-1"
            case "EU": return "eu-west-1"
            case let name: return isRegion(name) ? name : nil
            }
        }
    }
}
