internal import Deploy
internal import S3
internal import Vocabulary

extension Place {
    /// Where visitors find what was deployed: the gallery's `index.html` where it has one, else the folder.
    func publicAddress(of report: DeployReport) -> String? {
        guard let address = destination?.value else { return nil }
        let key = report.hasIndexPage ? address.prefix.key(for: Key("index.html")) : Key(address.prefix.string)
        return endpoint.value.publicURL(bucket: address.bucket, key: key)
    }
}
