public import Vocabulary

/// CORS rules as the XML document that PutBucketCors takes and GetBucketCors answers (Amazon S3 API Reference, CORSConfiguration).
public enum CORSXML {
    /// The document, indented for reading.
    public static func render(_ rules: [CORSRule]) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\n"
        for rule in rules {
            text += "  <CORSRule>\n"
            func add(_ name: String, _ values: [String]) {
                for value in values { text += "    <\(name)>\(escaped(value))</\(name)>\n" }
            }
            add("ID", rule.id.map { [$0] } ?? [])
            add("AllowedOrigin", rule.allowedOrigins)
            add("AllowedMethod", rule.allowedMethods)
            add("AllowedHeader", rule.allowedHeaders)
            add("ExposeHeader", rule.exposeHeaders)
            add("MaxAgeSeconds", rule.maxAgeSeconds.map { [String($0)] } ?? [])
            text += "  </CORSRule>\n"
        }
        return text + "</CORSConfiguration>\n"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            // A parser would read a bare one as a line feed (XML 1.0 §2.11).
            case "\r": result += "&#13;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
