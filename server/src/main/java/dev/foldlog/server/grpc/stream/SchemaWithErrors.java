package dev.foldlog.server.grpc.stream;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorInfo;
import dev.foldlog.v1.AppendConflict;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;

/**
 * A service's schema and, beside it, what its errors are made of, which no request or response names:
 * reflection knows what it is led to from a service. The files themselves stay as protoc made them; a
 * file without content leads to all of them.
 */
final class SchemaWithErrors implements ProtoFileDescriptorSupplier {
    private final FileDescriptor root;

    SchemaWithErrors(FileDescriptor service) {
        this.root = importing(
                service,
                AppendConflict.getDescriptor().getFile(),
                ErrorInfo.getDescriptor().getFile());
    }

    @Override
    public FileDescriptor getFileDescriptor() {
        return root;
    }

    private static FileDescriptor importing(FileDescriptor... files) {
        FileDescriptorProto.Builder root = FileDescriptorProto.newBuilder()
                .setName("foldlog/v1/served.proto")
                .setSyntax("proto3");
        for (FileDescriptor file : files) {
            root.addDependency(file.getName());
        }
        try {
            return FileDescriptor.buildFrom(root.build(), files);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("a file of imports alone is sound", e);
        }
    }
}
