/// The requests that are made, by their names in the Amazon S3 API Reference.
public enum S3Operation: String, Sendable, Hashable, CaseIterable {
    case listObjects = "ListObjectsV2"
    case headObject = "HeadObject"
    case getObject = "GetObject"
    case getObjectACL = "GetObjectAcl"
    case putObject = "PutObject"
    case copyObject = "CopyObject"
    case deleteObject = "DeleteObject"
    case deleteObjects = "DeleteObjects"
    case headBucket = "HeadBucket"
    case createBucket = "CreateBucket"
    case getBucketCORS = "GetBucketCors"
    case putBucketCORS = "PutBucketCors"

    /// What a policy must allow for it (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
    public var permission: String {
        switch self {
        case .listObjects, .headBucket: "s3:ListBucket"
        case .headObject, .getObject: "s3:GetObject"
        case .getObjectACL: "s3:GetObjectAcl"
        case .putObject: "s3:PutObject"
        case .copyObject: "s3:GetObject and s3:PutObject"
        case .deleteObject, .deleteObjects: "s3:DeleteObject"
        case .createBucket: "s3:CreateBucket"
        case .getBucketCORS: "s3:GetBucketCORS"
        case .putBucketCORS: "s3:PutBucketCORS"
        }
    }

    /// True where the bucket itself is asked, not one object.
    public var concernsBucket: Bool {
        switch self {
        case .listObjects, .headBucket, .createBucket, .getBucketCORS, .putBucketCORS: true
        case .headObject, .getObject, .getObjectACL, .putObject, .copyObject, .deleteObject, .deleteObjects: false
        }
    }

    /// What was being done, to complete "cannot …".
    var intent: String {
        switch self {
        case .listObjects: "list"
        case .headObject: "look at"
        case .getObject: "read"
        case .getObjectACL: "read the access control list of"
        case .putObject: "upload"
        case .copyObject: "copy"
        case .deleteObject, .deleteObjects: "delete"
        case .headBucket: "reach"
        case .createBucket: "create"
        case .getBucketCORS: "read the CORS configuration of"
        case .putBucketCORS: "set the CORS configuration of"
        }
    }
}
