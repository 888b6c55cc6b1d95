internal import Configuration
internal import Deploy
internal import S3
internal import Vocabulary

extension DeploySettings.Job {
    /// Where visitors find what was deployed: the gallery's `index.html` where it has one, else the folder. A public or CDN address of the
    /// configuration stands for the bucket's own; nil where neither is known.
    func publicAddress(of report: DeployReport) -> String? {
        let page = report.hasIndexPage ? "index.html" : ""
        if let base = settings.values.publicURL ?? settings.values.cdnURL { return (base.hasSuffix("/") ? base : base + "/") + page }
        let key = report.hasIndexPage ? address.prefix.key(for: Key(page)) : Key(address.prefix.string)
        return place.endpoint.value.publicURL(bucket: address.bucket, key: key)
    }
}

extension TargetSettings {
    /// Where visitors find the folder: what the configuration names, the content delivery network last; else the bucket's own address.
    func visitorAddresses(_ endpoint: Endpoint, _ address: BucketAddress) -> [VisitorAddress] {
        let named =
            [values.publicURL.map { VisitorAddress($0, .publicURL) }, values.cdnURL.map { VisitorAddress($0, .contentNetwork) }]
            .compactMap { $0 }
        return named.isEmpty
            ? [VisitorAddress(endpoint: endpoint, bucket: address.bucket, prefix: address.prefix)].compactMap { $0 } : named
    }
}
