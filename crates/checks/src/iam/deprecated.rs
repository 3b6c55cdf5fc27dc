//! AWS's managed policies that nobody should carry any more, and what to take instead.

/// Names, and what stands in their place.
pub(super) const POLICIES: [(&str, &str); 12] = [
    (
        "AmazonEC2RoleforSSM",
        "AmazonSSMManagedInstanceCore: this one reads every object of every bucket",
    ),
    (
        "AmazonMachineLearningRoleforRedshiftDataSource",
        "nothing: AWS closed the service to new customers",
    ),
    ("AmazonEC2RoleforDataPipelineRole", "a policy for the pipeline's own buckets and tables"),
    ("AWSDataPipelineRole", "a policy for the pipeline's own resources"),
    ("AmazonElasticMapReduceRole", "AmazonEMRServicePolicy_v2"),
    ("AmazonElasticMapReduceforEC2Role", "a policy for the cluster's own buckets"),
    ("AmazonElasticMapReduceFullAccess", "AmazonEMRFullAccessPolicy_v2"),
    ("AmazonElasticMapReduceReadOnlyAccess", "AmazonEMRReadOnlyAccessPolicy_v2"),
    ("AWSLambdaFullAccess", "AWSLambda_FullAccess, or less"),
    ("AWSLambdaReadOnlyAccess", "AWSLambda_ReadOnlyAccess"),
    ("AWSCodePipelineReadOnlyAccess", "AWSCodePipeline_ReadOnlyAccess"),
    ("AWSElasticBeanstalkFullAccess", "AdministratorAccess-AWSElasticBeanstalk, or less"),
];
