extension CredentialChain {
    mutating func container() throws(CredentialError) -> Found? {
        let names = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        let url: String
        let name: String
        if let path = variables[names[0]] {
            guard path.hasPrefix("/") else { throw .malformedAnswer(source: names[0], reason: "it does not begin with a slash") }
            (url, name) = (ContainerEndpoint.ecs + path, names[0])
        } else if let whole = variables[names[1]] {
            guard ContainerEndpoint.mayAsk(whole) else {
                throw .unreachable(
                    source: names[1], reason: "it is neither https nor on this machine, so that the authorization token is not sent there")
            }
            (url, name) = (whole, names[1])
        } else {
            looked.append("\(names[0]) and \(names[1]): not set")
            return nil
        }
        let file = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"].map { expandedPath($0, environment: variables.all) }
        return (
            .container(ContainerEndpoint(url: url, tokenFile: file, token: variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"])), .metadata(name)
        )
    }

    /// The instance's metadata, if it is asked for by the endpoint, a variable, or a profile's `credential_source`: what an instance's role may do
    /// is of use at AWS only, and its session token is not to travel to another's server because keys are missing.
    func instance(asked: Bool) throws(CredentialError) -> Found {
        if variables.isTrue("AWS_EC2_METADATA_DISABLED") {
            return (.none(looked: looked + ["the instance's metadata: switched off by AWS_EC2_METADATA_DISABLED"]), .assumed("nowhere"))
        }
        guard asked || endpointIsAWS || variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] != nil || variables.isTrue("S3_USE_IAM_ROLE") else {
            let reason = "the instance's metadata: not asked, since the endpoint is not AWS's (S3_USE_IAM_ROLE=true asks it all the same)"
            return (.none(looked: looked + [reason]), .assumed("nowhere"))
        }
        func setting(_ name: String) -> String? { variables["AWS_" + name.uppercased()] ?? profiles.setting(name, of: profileName)?.value }
        var url =
            setting("ec2_metadata_service_endpoint_mode")?.lowercased() == "ipv6" ? InstanceMetadata.address6 : InstanceMetadata.address
        if let chosen = setting("ec2_metadata_service_endpoint") {
            do { url = try Endpoint(parsing: chosen).description + "/" } catch {
                throw .unreachable(source: "AWS_EC2_METADATA_SERVICE_ENDPOINT", reason: error.description)
            }
        }
        func number(_ name: String) -> Int { setting(name).flatMap { Int($0) }.flatMap { (1...60).contains($0) ? $0 : nil } ?? 1 }
        let metadata = InstanceMetadata(
            url: url, timeout: number("metadata_service_timeout"), tries: number("metadata_service_num_attempts"))
        return (.instance(metadata, looked: looked), .metadata("the instance's metadata"))
    }
}
