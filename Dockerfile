# Hearsight in a container: docker build -t hearsight . && docker run --rm hearsight imagine --help
# The same two steps as docs/download.md: ./mvnw -Pdist package, tools/dist/install.sh.
FROM debian:bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jdk-headless binutils ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN ./mvnw -B -Pdist -DskipTests package \
    && tools/dist/install.sh dist/target/hearsight-*.tar.gz /usr/local

FROM debian:bookworm-slim
COPY --from=build /usr/local /usr/local
RUN useradd --create-home hearsight
USER hearsight
WORKDIR /home/hearsight
ENTRYPOINT ["hearsight"]
CMD ["--help"]
