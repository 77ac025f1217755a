from identity import token


def lambda_handler(event, context):
    return token(event["code"])
