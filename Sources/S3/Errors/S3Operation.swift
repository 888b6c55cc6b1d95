/// The requests that are made, by their names in the Amazon S3 API Reference.
public enum S3Operation: String, Sendable, Hashable, CaseIterable {
    case listObjects = "ListObjectsV2"
    case headObject = "HeadObject"
    case getObject = "GetObject"
    case getObjectACL = "GetObjectAcl"
    case getObjectTagging = "GetObjectTagging"
    case putObjectTagging = "PutObjectTagging"
    case putObject = "PutObject"
    case copyObject = "CopyObject"
    case deleteObject = "DeleteObject"
    case deleteObjects = "DeleteObjects"
    case createMultipartUpload = "CreateMultipartUpload"
    case uploadPart = "UploadPart"
    case uploadPartCopy = "UploadPartCopy"
    case completeMultipartUpload = "CompleteMultipartUpload"
    case abortMultipartUpload = "AbortMultipartUpload"
    case listParts = "ListParts"
    case listMultipartUploads = "ListMultipartUploads"
    case listObjectVersions = "ListObjectVersions"
    case headBucket = "HeadBucket"
    case getBucketLocation = "GetBucketLocation"
    case createBucket = "CreateBucket"
    case getBucketCORS = "GetBucketCors"
    case putBucketCORS = "PutBucketCors"
    case getBucketLifecycle = "GetBucketLifecycleConfiguration"
    case putBucketLifecycle = "PutBucketLifecycleConfiguration"
    case getBucketVersioning = "GetBucketVersioning"
    case putBucketVersioning = "PutBucketVersioning"
    case getBucketEncryption = "GetBucketEncryption"
    case putBucketEncryption = "PutBucketEncryption"
    case getBucketPolicy = "GetBucketPolicy"
    case putBucketPolicy = "PutBucketPolicy"
    case getBucketWebsite = "GetBucketWebsite"
    case putBucketWebsite = "PutBucketWebsite"
    case getBucketTagging = "GetBucketTagging"
    case putBucketTagging = "PutBucketTagging"
    case deleteBucketPolicy = "DeleteBucketPolicy"

    /// What a policy must allow for it (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
    public var permission: String {
        switch self {
        case .listObjects, .headBucket: "s3:ListBucket"
        case .listObjectVersions: "s3:ListBucketVersions"
        case .headObject, .getObject: "s3:GetObject"
        case .getObjectACL: "s3:GetObjectAcl"
        case .getObjectTagging: "s3:GetObjectTagging"
        case .putObjectTagging: "s3:PutObjectTagging"
        case .putObject, .createMultipartUpload, .uploadPart, .completeMultipartUpload: "s3:PutObject"
        case .abortMultipartUpload: "s3:AbortMultipartUpload"
        case .listParts: "s3:ListMultipartUploadParts"
        case .listMultipartUploads: "s3:ListBucketMultipartUploads"
        case .copyObject, .uploadPartCopy: "s3:GetObject and s3:PutObject"
        case .deleteObject, .deleteObjects: "s3:DeleteObject"
        case .getBucketLocation: "s3:GetBucketLocation"
        case .createBucket: "s3:CreateBucket"
        case .getBucketCORS: "s3:GetBucketCORS"
        case .putBucketCORS: "s3:PutBucketCORS"
        case .getBucketLifecycle: "s3:GetLifecycleConfiguration"
        case .putBucketLifecycle: "s3:PutLifecycleConfiguration"
        case .getBucketVersioning: "s3:GetBucketVersioning"
        case .putBucketVersioning: "s3:PutBucketVersioning"
        case .getBucketEncryption: "s3:GetEncryptionConfiguration"
        case .putBucketEncryption: "s3:PutEncryptionConfiguration"
        case .getBucketPolicy: "s3:GetBucketPolicy"
        case .putBucketPolicy: "s3:PutBucketPolicy"
        case .getBucketWebsite: "s3:GetBucketWebsite"
        case .putBucketWebsite: "s3:PutBucketWebsite"
        case .getBucketTagging: "s3:GetBucketTagging"
        case .putBucketTagging: "s3:PutBucketTagging"
        case .deleteBucketPolicy: "s3:DeleteBucketPolicy"
        }
    }

    /// True where the bucket itself is asked, not one object.
    public var concernsBucket: Bool {
        switch self {
        case .listObjects, .listObjectVersions, .listMultipartUploads, .headBucket, .getBucketLocation, .createBucket, .getBucketCORS,
            .putBucketCORS,
            .getBucketLifecycle, .getBucketVersioning, .getBucketEncryption, .getBucketPolicy, .getBucketWebsite, .getBucketTagging,
            .putBucketLifecycle, .putBucketVersioning, .putBucketEncryption, .putBucketPolicy, .putBucketWebsite, .putBucketTagging,
            .deleteBucketPolicy:
            true
        case .headObject, .getObject, .getObjectACL, .getObjectTagging, .putObjectTagging, .putObject, .copyObject, .deleteObject,
            .deleteObjects, .createMultipartUpload, .uploadPart, .uploadPartCopy, .completeMultipartUpload, .abortMultipartUpload,
            .listParts:
            false
        }
    }

    /// What was being done, to complete "cannot …".
    var intent: String {
        switch self {
        case .listObjects: "list"
        case .headObject: "look at"
        case .getObject: "read"
        case .getObjectACL: "read the access control list of"
        case .getObjectTagging: "read the tags of"
        case .putObjectTagging: "tag"
        case .putObject: "upload"
        case .createMultipartUpload: "begin the upload of"
        case .uploadPart: "upload a part of"
        case .uploadPartCopy: "copy a part of"
        case .completeMultipartUpload: "complete the upload of"
        case .abortMultipartUpload: "give up the upload of"
        case .listParts: "list the uploaded parts of"
        case .listMultipartUploads: "list the unfinished uploads in"
        case .copyObject: "copy"
        case .deleteObject, .deleteObjects: "delete"
        case .listObjectVersions: "list the versions in"
        case .headBucket: "reach"
        case .getBucketLocation: "find out the region of"
        case .createBucket: "create"
        case .getBucketCORS: "read the CORS configuration of"
        case .putBucketCORS: "set the CORS configuration of"
        case .getBucketLifecycle: "read the lifecycle configuration of"
        case .putBucketLifecycle: "set the lifecycle configuration of"
        case .getBucketVersioning: "read the versioning of"
        case .putBucketVersioning: "set the versioning of"
        case .getBucketEncryption: "read the default encryption of"
        case .putBucketEncryption: "set the default encryption of"
        case .getBucketPolicy: "read the policy of"
        case .putBucketPolicy: "set the policy of"
        case .getBucketWebsite: "read the website configuration of"
        case .putBucketWebsite: "set the website configuration of"
        case .getBucketTagging: "read the tags of"
        case .putBucketTagging: "set the tags of"
        case .deleteBucketPolicy: "remove the policy of"
        }
    }
}
