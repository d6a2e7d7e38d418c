package dev.foldlog.server.grpc.service;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetEventResponse;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetPartitionResponse;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ListPartitionsResponse;
import io.grpc.stub.StreamObserver;

/** The unary calls of the EventStore service; the streaming ones are in {@code grpc.stream}. Thread-safe. */
public final class EventStoreCalls extends EventStoreGrpc.EventStoreImplBase {
    private final CallEnvironment environment;
    private final AppendCalls appends;
    private final LookUps lookUps;
    private final StoreInfoCall storeInfo;

    public EventStoreCalls(CallEnvironment environment) {
        this.environment = environment;
        this.appends = new AppendCalls(environment);
        this.lookUps = new LookUps(environment.store());
        this.storeInfo = new StoreInfoCall(environment);
    }

    @Override
    public void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
        appends.append(request, observer);
    }

    @Override
    public void getEvent(GetEventRequest request, StreamObserver<GetEventResponse> observer) {
        UnaryAnswer<GetEventResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(environment.reads(), () -> lookUps.event(request));
    }

    @Override
    public void getPartition(GetPartitionRequest request, StreamObserver<GetPartitionResponse> observer) {
        UnaryAnswer<GetPartitionResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(environment.reads(), () -> lookUps.partition(request));
    }

    @Override
    public void listPartitions(ListPartitionsRequest request, StreamObserver<ListPartitionsResponse> observer) {
        UnaryAnswer<ListPartitionsResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(environment.reads(), () -> lookUps.partitions(request));
    }

    @Override
    public void getStoreInfo(GetStoreInfoRequest request, StreamObserver<GetStoreInfoResponse> observer) {
        UnaryAnswer<GetStoreInfoResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        answer.from(Runnable::run, storeInfo::answer);
    }
}
