package dev.foldlog.server.grpc.service;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.server.grpc.validation.CheckpointValidator;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.server.grpc.validation.PageTokens;
import dev.foldlog.server.grpc.validation.TextRule;
import dev.foldlog.server.grpc.validation.Violations;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.CommitCheckpointResponse;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointResponse;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetCheckpointResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The Checkpoints service. Thread-safe. */
public final class CheckpointsService extends CheckpointsGrpc.CheckpointsImplBase {
    private static final PageTokens TOKENS = new PageTokens("checkpoints", "");

    private final CallEnvironment environment;

    public CheckpointsService(CallEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void getCheckpoint(GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> observer) {
        UnaryAnswer<GetCheckpointResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(environment.reads(), () -> {
            requireName(request.getName());
            Checkpoint checkpoint = environment
                    .store()
                    .checkpoint(request.getName())
                    .orElseThrow(() -> CheckpointAnswers.unknown(request.getName()));
            return GetCheckpointResponse.newBuilder()
                    .setCheckpoint(CheckpointAnswers.checkpoint(checkpoint))
                    .build();
        });
    }

    @Override
    public void commitCheckpoint(CommitCheckpointRequest request, StreamObserver<CommitCheckpointResponse> observer) {
        UnaryAnswer<CommitCheckpointResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.orFail(() -> {
            Violations violations = new Violations();
            CheckpointMove move = CheckpointValidator.validate(request, violations);
            violations.throwIfAny();
            answer.whenDone(environment.store().moveCheckpoint(move), CheckpointAnswers::of);
        });
    }

    @Override
    public void listCheckpoints(ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> observer) {
        UnaryAnswer<ListCheckpointsResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(environment.reads(), () -> {
            Violations violations = new Violations();
            int size = NumberChecks.pageSize(request.getPageSize(), FieldPath.ROOT.field("page_size"), violations);
            String after = TOKENS.lastKey(request.getPageToken(), FieldPath.ROOT.field("page_token"), violations);
            violations.throwIfAny();
            List<Checkpoint> found = environment.store().checkpoints(after, size + 1);
            ListCheckpointsResponse.Builder response = ListCheckpointsResponse.newBuilder();
            found.stream().limit(size).map(CheckpointAnswers::checkpoint).forEach(response::addCheckpoints);
            if (found.size() > size) {
                response.setNextPageToken(TOKENS.after(found.get(size - 1).name()));
            }
            return response.build();
        });
    }

    @Override
    public void deleteCheckpoint(DeleteCheckpointRequest request, StreamObserver<DeleteCheckpointResponse> observer) {
        UnaryAnswer<DeleteCheckpointResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.orFail(() -> {
            requireName(request.getName());
            answer.whenDone(environment.store().deleteCheckpoint(request.getName()), isDeleted -> {
                if (!isDeleted) {
                    throw CheckpointAnswers.unknown(request.getName());
                }
                return DeleteCheckpointResponse.getDefaultInstance();
            });
        });
    }

    private static void requireName(String name) {
        Violations violations = new Violations();
        TextRule.CHECKPOINT_NAME.check(name, FieldPath.ROOT.field("name"), violations);
        violations.throwIfAny();
    }
}
