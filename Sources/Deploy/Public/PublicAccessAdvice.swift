internal import S3

/// How a bucket is made readable for everybody, store by store, from each provider's own documentation.
enum PublicAccessAdvice {
    static func text(for store: ProviderProfile, bucket: String) -> String {
        switch store.name {
        case "Hetzner Object Storage": "In the Hetzner Console, open the bucket's settings and set its visibility to Public."
        case "DigitalOcean Spaces":
            "In the control panel, select the files and set their permissions to Public, or give the Space a policy that allows s3:GetObject to everybody."
        case "Amazon S3":
            "Switch off Block Public Access for the bucket and give it a policy that allows s3:GetObject to everybody, or put CloudFront before it and name that in cdn-url."
        case "Cloudflare R2":
            "Connect a domain to the bucket, or switch on its r2.dev address, in the dashboard, and name it in public-url."
        case "Backblaze B2": "In the bucket's settings, set “Files in Bucket are” to Public."
        case "Scaleway Object Storage":
            "In the console, set the bucket's visibility to Public, or give it a policy that allows s3:GetObject to everybody."
        case "Google Cloud Storage": "Grant the role Storage Object Viewer on the bucket to allUsers."
        case "MinIO": "Allow it with: mc anonymous set download ALIAS/\(bucket)."
        default:
            "Make the bucket public at your provider, with a policy such as "
                + #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::\#(bucket)/*"}]}"#
                + " (aws s3api put-bucket-policy), or name the address that visitors use in public-url or cdn-url."
        }
    }
}
