//! Known ways to more privileges: which permissions together are one. After Rhino Security Labs' list and pathfinding.cloud.

/// What a step's resource must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// Whatever the action takes.
    Any,
    User,
    /// A user other than the caller, whose credentials are what is gained.
    OtherUser,
    Group,
    /// A group to put a user into: its privileges are what is gained.
    JoinedGroup,
    /// A role whose policies are changed.
    Role,
    /// A role whose trust is changed: its privileges are what is gained.
    RetrustedRole,
    /// A customer managed policy; AWS's own cannot be changed.
    ManagedPolicy,
    /// A role that is handed to a service: its privileges are what is gained.
    PassedRole,
    /// A role to assume.
    AssumedRole,
    /// A thing that already runs with a role of its own.
    Workload,
}

/// One permission of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) action: &'static str,
    pub(crate) target: Target,
}

/// A way to more privileges.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    /// A name that does not change.
    pub(crate) id: &'static str,
    pub(crate) steps: &'static [Step],
    /// The services whose role is gained: those that it is passed to, or that the thing runs in.
    pub(crate) services: &'static [&'static str],
}

const fn on(action: &'static str, target: Target) -> Step {
    Step { action, target }
}

const fn any(action: &'static str) -> Step {
    on(action, Target::Any)
}

const fn running(action: &'static str) -> Step {
    on(action, Target::Workload)
}

const PASS: Step = on("iam:PassRole", Target::PassedRole);

macro_rules! paths {
    ($($id:literal: [$($step:expr),+] $(=> [$($service:literal),+])?;)+) => {
        &[$(Path { id: $id, steps: &[$($step),+], services: &[$($($service),+)?] }),+]
    };
}

/// The paths.
pub(crate) const PATHS: &[Path] = paths! {
    "create-policy-version": [on("iam:CreatePolicyVersion", Target::ManagedPolicy)];
    "set-default-policy-version": [on("iam:SetDefaultPolicyVersion", Target::ManagedPolicy)];
    "attach-user-policy": [on("iam:AttachUserPolicy", Target::User)];
    "attach-group-policy": [on("iam:AttachGroupPolicy", Target::Group)];
    "attach-role-policy": [on("iam:AttachRolePolicy", Target::Role)];
    "put-user-policy": [on("iam:PutUserPolicy", Target::User)];
    "put-group-policy": [on("iam:PutGroupPolicy", Target::Group)];
    "put-role-policy": [on("iam:PutRolePolicy", Target::Role)];
    "add-user-to-group": [on("iam:AddUserToGroup", Target::JoinedGroup)];
    "create-access-key": [on("iam:CreateAccessKey", Target::OtherUser)];
    "create-login-profile": [on("iam:CreateLoginProfile", Target::OtherUser)];
    "update-login-profile": [on("iam:UpdateLoginProfile", Target::OtherUser)];
    "update-assume-role-policy": [on("iam:UpdateAssumeRolePolicy", Target::RetrustedRole)];
    "assume-role": [on("sts:AssumeRole", Target::AssumedRole)];
    "lambda-invoke": [PASS, any("lambda:CreateFunction"), any("lambda:InvokeFunction")] => ["lambda.amazonaws.com"];
    "lambda-event-source": [PASS, any("lambda:CreateFunction"), any("lambda:CreateEventSourceMapping")] => ["lambda.amazonaws.com"];
    "lambda-permission": [PASS, any("lambda:CreateFunction"), any("lambda:AddPermission")] => ["lambda.amazonaws.com"];
    "lambda-update-code": [running("lambda:UpdateFunctionCode")] => ["lambda.amazonaws.com"];
    "lambda-update-configuration": [running("lambda:UpdateFunctionConfiguration")] => ["lambda.amazonaws.com"];
    "ec2-run": [PASS, any("ec2:RunInstances")] => ["ec2.amazonaws.com"];
    "ec2-spot": [PASS, any("ec2:RequestSpotInstances")] => ["ec2.amazonaws.com"];
    "ec2-user-data": [running("ec2:ModifyInstanceAttribute"), running("ec2:StopInstances"), running("ec2:StartInstances")] => ["ec2.amazonaws.com"];
    "ec2-launch-template": [running("ec2:CreateLaunchTemplateVersion"), running("ec2:ModifyLaunchTemplate")] => ["ec2.amazonaws.com"];
    "ec2-associate-profile": [PASS, any("ec2:AssociateIamInstanceProfile")] => ["ec2.amazonaws.com"];
    "ec2-instance-connect": [running("ec2-instance-connect:SendSSHPublicKey"), any("ec2:DescribeInstances")] => ["ec2.amazonaws.com"];
    "glue-dev-endpoint": [PASS, any("glue:CreateDevEndpoint")] => ["glue.amazonaws.com"];
    "glue-update-dev-endpoint": [running("glue:UpdateDevEndpoint")] => ["glue.amazonaws.com"];
    "glue-job": [PASS, any("glue:CreateJob"), any("glue:StartJobRun")] => ["glue.amazonaws.com"];
    "glue-job-trigger": [PASS, any("glue:CreateJob"), any("glue:CreateTrigger")] => ["glue.amazonaws.com"];
    "glue-update-job": [PASS, any("glue:UpdateJob"), any("glue:StartJobRun")] => ["glue.amazonaws.com"];
    "glue-update-job-trigger": [PASS, any("glue:UpdateJob"), any("glue:CreateTrigger")] => ["glue.amazonaws.com"];
    "cloudformation-stack": [PASS, any("cloudformation:CreateStack")] => ["cloudformation.amazonaws.com"];
    "cloudformation-update": [running("cloudformation:UpdateStack")] => ["cloudformation.amazonaws.com"];
    "cloudformation-stack-set": [PASS, any("cloudformation:CreateStackSet"), any("cloudformation:CreateStackInstances")] => ["cloudformation.amazonaws.com"];
    "cloudformation-update-stack-set": [PASS, any("cloudformation:UpdateStackSet")] => ["cloudformation.amazonaws.com"];
    "cloudformation-change-set": [running("cloudformation:CreateChangeSet"), running("cloudformation:ExecuteChangeSet")] => ["cloudformation.amazonaws.com"];
    "datapipeline": [PASS, any("datapipeline:CreatePipeline"), any("datapipeline:PutPipelineDefinition"), any("datapipeline:ActivatePipeline")] => ["datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"];
    "sagemaker-notebook": [PASS, any("sagemaker:CreateNotebookInstance")] => ["sagemaker.amazonaws.com"];
    "sagemaker-training": [PASS, any("sagemaker:CreateTrainingJob")] => ["sagemaker.amazonaws.com"];
    "sagemaker-processing": [PASS, any("sagemaker:CreateProcessingJob")] => ["sagemaker.amazonaws.com"];
    "sagemaker-presigned-url": [running("sagemaker:CreatePresignedNotebookInstanceUrl")] => ["sagemaker.amazonaws.com"];
    "sagemaker-lifecycle": [running("sagemaker:CreateNotebookInstanceLifecycleConfig"), running("sagemaker:StopNotebookInstance"), running("sagemaker:UpdateNotebookInstance"), running("sagemaker:StartNotebookInstance")] => ["sagemaker.amazonaws.com"];
    "codebuild-project": [PASS, any("codebuild:CreateProject"), any("codebuild:StartBuild")] => ["codebuild.amazonaws.com"];
    "codebuild-project-batch": [PASS, any("codebuild:CreateProject"), any("codebuild:StartBuildBatch")] => ["codebuild.amazonaws.com"];
    "codebuild-update-project": [PASS, any("codebuild:UpdateProject"), any("codebuild:StartBuild")] => ["codebuild.amazonaws.com"];
    "codebuild-build": [running("codebuild:StartBuild")] => ["codebuild.amazonaws.com"];
    "codebuild-build-batch": [running("codebuild:StartBuildBatch")] => ["codebuild.amazonaws.com"];
    "codestar-project": [PASS, any("codestar:CreateProject")] => ["codestar.amazonaws.com"];
    "ecs-run-task": [PASS, any("ecs:RegisterTaskDefinition"), any("ecs:RunTask")] => ["ecs-tasks.amazonaws.com"];
    "ecs-start-task": [PASS, any("ecs:RegisterTaskDefinition"), any("ecs:StartTask")] => ["ecs-tasks.amazonaws.com"];
    "ecs-service": [PASS, any("ecs:RegisterTaskDefinition"), any("ecs:CreateService")] => ["ecs-tasks.amazonaws.com"];
    "ecs-update-service": [PASS, any("ecs:RegisterTaskDefinition"), any("ecs:UpdateService")] => ["ecs-tasks.amazonaws.com"];
    "ecs-execute-command": [running("ecs:ExecuteCommand")] => ["ecs-tasks.amazonaws.com"];
    "apprunner-service": [PASS, any("apprunner:CreateService")] => ["tasks.apprunner.amazonaws.com", "apprunner.amazonaws.com"];
    "apprunner-update": [running("apprunner:UpdateService")] => ["tasks.apprunner.amazonaws.com"];
    "bedrock-agentcore-interpreter": [PASS, any("bedrock-agentcore:CreateCodeInterpreter"), any("bedrock-agentcore:StartCodeInterpreterSession"), any("bedrock-agentcore:InvokeCodeInterpreter")] => ["bedrock-agentcore.amazonaws.com"];
    "bedrock-agentcore-session": [running("bedrock-agentcore:StartCodeInterpreterSession"), running("bedrock-agentcore:InvokeCodeInterpreter")] => ["bedrock-agentcore.amazonaws.com"];
    "batch-job": [PASS, any("batch:RegisterJobDefinition"), any("batch:SubmitJob")] => ["ecs-tasks.amazonaws.com"];
    "states-machine": [PASS, any("states:CreateStateMachine"), any("states:StartExecution")] => ["states.amazonaws.com"];
    "states-update-machine": [PASS, any("states:UpdateStateMachine"), any("states:StartExecution")] => ["states.amazonaws.com"];
    "scheduler-schedule": [PASS, any("scheduler:CreateSchedule")] => ["scheduler.amazonaws.com"];
    "emr-cluster": [PASS, any("elasticmapreduce:RunJobFlow")] => ["elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"];
    "ssm-session": [running("ssm:StartSession")] => ["ec2.amazonaws.com", "ssm.amazonaws.com"];
    "ssm-command": [running("ssm:SendCommand")] => ["ec2.amazonaws.com", "ssm.amazonaws.com"];
};
