import { images, type ImageName } from '../../lib/aws/images';
import { account, region } from './aws';

/** The copy of an image as a template has it. */
export const copyInTemplate = (prefix: string, name: ImageName) => ({
  'Fn::Join': [
    '',
    [`${account}.dkr.ecr.${region}.`, { Ref: 'AWS::URLSuffix' }, `/${prefix}/copies/${name}@${images[name].digest}`],
  ],
});
