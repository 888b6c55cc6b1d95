internal import HTTP
public import Vocabulary

extension S3Client {
    /// The bucket's pages for visitors of its website address (Amazon S3 API Reference, GetBucketWebsite).
    public func website() async throws(S3Error) -> SettingAnswer<BucketWebsite> {
        try await setting(.website) { response throws(AnswerFault) in
            var website = BucketWebsite()
            for piece in try XMLPieces(answer: response).pieces {
                switch piece.element.name {
                case "IndexDocument": website.index = piece.element.text("Suffix")
                case "ErrorDocument": website.error = piece.element.text("Key")
                default:
                    website.besides.append(piece.bytes)
                    if piece.element.name == "RedirectAllRequestsTo" { website.redirectsAll = true }
                }
            }
            return website
        }
    }

    /// Sets the bucket's pages (Amazon S3 API Reference, PutBucketWebsite).
    public func setWebsite(_ website: BucketWebsite) async throws(S3Error) -> SettingReason? {
        var document = XMLWriter(root: "WebsiteConfiguration")
        if let index = website.index {
            document.open("IndexDocument")
            document.element("Suffix", index)
            document.close("IndexDocument")
        }
        if let error = website.error {
            document.open("ErrorDocument")
            document.element("Key", error)
            document.close("ErrorDocument")
        }
        for piece in website.besides { document.verbatim(piece) }
        document.close("WebsiteConfiguration")
        return try await setSetting(.website, document.bytes)
    }
}
