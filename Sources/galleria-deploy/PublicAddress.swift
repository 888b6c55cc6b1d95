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
